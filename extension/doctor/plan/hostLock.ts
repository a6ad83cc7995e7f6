import { message, type Message } from '../../core/message';
import { script } from '../../core/plan/step';
import { noJournal, PlanError, type RootHost } from './rootHost';
import lock from './scripts/lock.sh';

/**
 * Does `work` while no other run may change this host. A process on the host itself has the lock: it ends with the run, however that
 * ends, so that no lock is left by a dead one. Rejects with {@link PlanError} when another run has it, or the directory cannot be written.
 */
export async function whileLocked<T>(host: RootHost, directory: string, work: () => Promise<T>): Promise<T> {
  const letGo = new AbortController();
  let said = '';
  let holder: Promise<unknown> = Promise.resolve();
  await new Promise<void>((locked, refused) => {
    const options = { signal: letGo.signal, timeout: undefined };
    const onOutput = (text: string): void => {
      said = `${said}${text}`.slice(0, 300);
      if (said.startsWith('locked')) locked();
    };
    holder = host.run(script(lock, [directory]), { ...options, onOutput }).then(({ code }) => {
      refused(new PlanError(code === 1 && said === '' ? taken(host) : notLocked(host, said)));
    });
  });
  try {
    return await work();
  } finally {
    letGo.abort();
    await holder;
  }
}

const taken = ({ name }: RootHost): Message =>
  message('Another run of TOA Doctor is changing {host} right now. Wait until it has ended, then try again.', {
    host: name,
  });

const notLocked = ({ name }: RootHost, said: string): Message => noJournal(name, said.trim().split('\n').at(-1) ?? '');
