/** The commands around other hosts, loaded together. */
export { ansibleForHosts } from './ansible';
export { checkManyHosts } from './checkHosts';
export { openRemote } from './openRemote';
export { remoteTerminal } from './remoteTerminal';
export { searchRemote } from './searchRemote';
