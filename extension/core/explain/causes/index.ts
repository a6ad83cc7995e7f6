import type { Cause } from '../cause';
import { BUILD_LINK_CAUSES } from './buildLink';
import { ENVIRONMENT_CAUSES } from './environment';
import { HEADER_CAUSES } from './headers';
import { LOAD_FORMAT_CAUSES } from './loadFormat';
import { MAKEFILE_CAUSES } from './makefile';
import { TOOLCHAIN_CAUSES } from './toolchain';

/** Every cause the product knows, a file per family. */
export const CAUSES: readonly Cause[] = [
  ...HEADER_CAUSES,
  ...BUILD_LINK_CAUSES,
  ...ENVIRONMENT_CAUSES,
  ...MAKEFILE_CAUSES,
  ...TOOLCHAIN_CAUSES,
  ...LOAD_FORMAT_CAUSES,
];
