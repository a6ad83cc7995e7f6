import * as vscode from 'vscode';
import type { UserKind } from '../core/decode/dialects';
import { isRecord } from '../core/json';

/** The user's settings, read when they are needed, so that a change takes effect at once. */
export interface Settings {
  /** The release to build for; absent when the Makefile decides. */
  readonly kernelRelease: string | undefined;
  /** Where to look for header trees beside the usual places. Absolute paths. */
  readonly headerDirectories: readonly string[];
  /** Milliseconds after which a build is ended. */
  readonly buildTimeout: number;
  /** Another configuration of ssh than its own. */
  readonly sshConfigFile: string | undefined;
  /** Kinds that address carriers use beside the known ones; those that the decoder has no use for are left out. */
  readonly decoderKinds: readonly UserKind[];
}

const MINUTE = 60_000;

/** Reads the `toa.*` settings. */
export function readSettings(): Settings {
  const toa = vscode.workspace.getConfiguration('toa');
  const release = toa.get('kernelRelease', '').trim();
  const configFile = toa.get('ssh.configFile', '').trim();
  return {
    kernelRelease: release === '' ? undefined : release,
    headerDirectories: toa.get<readonly string[]>('headerDirectories', []).filter((path) => path.startsWith('/')),
    buildTimeout: toa.get('buildTimeout', 30) * MINUTE,
    sshConfigFile: configFile === '' ? undefined : configFile,
    decoderKinds: toa.get<readonly unknown[]>('decoder.kinds', []).filter(isUserKind),
  };
}

const LAYOUTS: readonly unknown[] = ['port-address', 'address-port', 'address'];

/** A setting is whatever the user typed. */
function isUserKind(value: unknown): value is UserKind {
  if (!isRecord(value)) return false;
  const { kind, length, layout } = value;
  return Number.isInteger(kind) && Number.isInteger(length) && LAYOUTS.includes(layout);
}

/** Pins the kernel to build for, in the workspace where one is open; `undefined` leaves it to the Makefile again. */
export async function pinKernel(release: string | undefined): Promise<void> {
  const target =
    vscode.workspace.workspaceFolders === undefined
      ? vscode.ConfigurationTarget.Global
      : vscode.ConfigurationTarget.Workspace;
  await vscode.workspace.getConfiguration('toa').update('kernelRelease', release, target);
}
