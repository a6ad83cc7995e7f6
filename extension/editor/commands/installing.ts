/** The commands that put the module on a host, prove it and take it back, loaded together. */
export { installModule } from './install';
export { uninstallModule } from './uninstall';
export { verifyClientAddress } from './verify';
