import type { Facts } from '../facts';
import { message, type Message } from '../message';
import { KEY, MODULE } from './names';
import isSigned from './scripts/isSigned.sh';
import makeKey from './scripts/makeKey.sh';
import sign from './scripts/sign.sh';
import { command, script, type Step } from './step';
import { treeOf } from './target';

/** Whether the running kernel refuses unsigned modules, or will after a reboot. */
function needsSignature({ security }: Facts): boolean {
  const { secureBoot, signatureEnforced, lockdown } = security;
  return secureBoot === true || signatureEnforced === true || (lockdown !== undefined && lockdown !== 'none');
}

/** Where a signature cannot help: nothing lets a key of one's own into the kernel's ring without UEFI. */
export function whyNoKeyHelps(facts: Facts): Message | undefined {
  if (!needsSignature(facts) || facts.security.efi) return undefined;
  return message(
    'This kernel refuses unsigned modules, and the machine has no UEFI in which a key could be enrolled: no module of your own will load. Boot without module.sig_enforce or lockdown=, or with a kernel whose build had your key in its ring (CONFIG_SYSTEM_TRUSTED_KEYS).',
  );
}

/** The steps of signing, each for its place in a plan. */
export interface Signing {
  readonly key: Step;
  readonly sign: (release: string) => Step;
  /** A person's part: it stands right before the loading, which fails without it. */
  readonly enrol: Step;
}

/** How the module gets a signature that this kernel takes; `undefined` where it asks for none. */
export function signing(facts: Facts): Signing | undefined {
  if (!needsSignature(facts)) return undefined;
  return {
    key: keyStep(),
    sign: (release) => signStep(`${treeOf(release, facts)}/scripts/sign-file`, release),
    enrol: enrolStep(facts),
  };
}

function keyStep(): Step {
  const { key, certificate } = KEY;
  return {
    id: 'key',
    title: message('Make a key to sign modules with, unless there is one'),
    actions: [script(makeKey, [key, certificate])],
    changes: message('{key} (for root alone) and {certificate}', { key, certificate }),
    paths: [key, certificate],
    check: command(['openssl', 'x509', '-inform', 'DER', '-in', certificate, '-noout']),
    needsRoot: true,
    notes: [message('dkms signs with the same key whatever it builds for the next kernels.')],
  };
}

function signStep(signFile: string, release: string): Step {
  const { key, certificate } = KEY;
  return {
    id: `sign:${release}`,
    title: message('Sign the module for {release}, and verify its signature', { release }),
    actions: [script(sign, [signFile, key, certificate, release, MODULE])],
    changes: message('The module’s file gets a signature at its end'),
    paths: [],
    check: script(isSigned, [certificate, release, MODULE]),
    needsRoot: true,
    notes: [],
  };
}

function enrolStep({ security, tools }: Facts): Step {
  const skip = !security.efi
    ? message('Without UEFI there is nothing to enrol a key in.')
    : Object.hasOwn(tools.commands, 'mokutil')
      ? undefined
      : message('mokutil is not installed; its package is named mokutil.');
  return {
    id: 'enrol',
    title: message('Enrol the key, in a terminal, then at the console of the machine'),
    actions: [command(['mokutil', '--import', KEY.certificate])],
    byHand: true,
    changes: message('The list of keys that this machine’s firmware trusts (MOK)'),
    paths: [],
    check: command(['sh', '-c', 'mokutil --test-key "$1" | grep -q "is already enrolled"', 'sh', KEY.certificate]),
    needsRoot: true,
    skip,
    notes: [
      message(
        'mokutil asks for a new password. At the next boot a blue screen (MokManager) waits ten seconds on the console: Enroll MOK, Continue, Yes, the same password, Reboot. Nobody can do this over ssh; use the machine’s screen or the provider’s console.',
      ),
      message('To take it back: mokutil --delete, with the same steps at the console.'),
    ],
  };
}
