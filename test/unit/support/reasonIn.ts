import { render } from '../../../extension/core/message';
import type { CommandResult } from '../../../extension/host/host';

/** Why a command was not started, in English; empty where it does not say. */
export function reasonIn({ reason }: CommandResult): string {
  return reason === undefined ? '' : render(reason);
}
