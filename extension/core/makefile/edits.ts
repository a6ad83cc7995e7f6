import type { TextEdit } from '../text';
import { makeOverridable as overridable } from './overridable';
import { retarget as retargeted, type Edited } from './retarget';
import type { Target } from './target';
import type { Makefile } from './syntax';

/** The edits of {@link retargeted}; none when nothing is left to do or it was refused (that one says why). */
export function retarget(makefile: Makefile, target: Target): readonly TextEdit[] {
  return editsOf(retargeted(makefile, target));
}

/** The edits of {@link overridable}; none when nothing is left to do or it was refused (that one says why). */
export function makeOverridable(makefile: Makefile): readonly TextEdit[] {
  return editsOf(overridable(makefile));
}

function editsOf(edited: Edited): readonly TextEdit[] {
  return edited.kind === 'edits' ? edited.edits : [];
}
