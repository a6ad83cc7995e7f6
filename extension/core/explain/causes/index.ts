import type { Cause } from '../cause';
import { API_CAUSES } from './api';
import { API_BY_NAME_CAUSES } from './apiByName';
import { BENIGN_CAUSES } from './benign';
import { BUILD_LINK_CAUSES } from './buildLink';
import { BUILD_TOOL_CAUSES } from './buildTools';
import { CRASH_CAUSES } from './crash';
import { DKMS_CAUSES } from './dkms';
import { ENVIRONMENT_CAUSES } from './environment';
import { HEADER_PACKAGE_CAUSES } from './headerPackages';
import { HEADER_CAUSES } from './headers';
import { INSTALL_CAUSES } from './install';
import { LINKER_CAUSES } from './linker';
import { LISTED_PACKAGE_CAUSES } from './listedPackages';
import { LOAD_FORMAT_CAUSES } from './loadFormat';
import { LOAD_OTHER_CAUSES } from './loadOther';
import { LOAD_POLICY_CAUSES } from './loadPolicy';
import { LOAD_REFUSED_CAUSES } from './loadRefused';
import { MAKEFILE_CAUSES } from './makefile';
import { MAKEFILE_RULE_CAUSES } from './makefileRules';
import { REPOSITORY_CAUSES } from './repository';
import { RUNTIME_CAUSES } from './runtime';
import { SOURCE_CAUSES } from './source';
import { SYMBOL_CAUSES } from './symbols';
import { TOOLCHAIN_CAUSES } from './toolchain';
import { TREE_CAUSES } from './tree';

/** Every cause the product knows, a file per family. */
export const CAUSES: readonly Cause[] = [
  ...HEADER_CAUSES,
  ...HEADER_PACKAGE_CAUSES,
  ...REPOSITORY_CAUSES,
  ...LISTED_PACKAGE_CAUSES,
  ...BUILD_LINK_CAUSES,
  ...ENVIRONMENT_CAUSES,
  ...TREE_CAUSES,
  ...MAKEFILE_CAUSES,
  ...MAKEFILE_RULE_CAUSES,
  ...TOOLCHAIN_CAUSES,
  ...LINKER_CAUSES,
  ...BUILD_TOOL_CAUSES,
  ...API_BY_NAME_CAUSES,
  ...API_CAUSES,
  ...SOURCE_CAUSES,
  ...SYMBOL_CAUSES,
  ...LOAD_FORMAT_CAUSES,
  ...LOAD_REFUSED_CAUSES,
  ...LOAD_POLICY_CAUSES,
  ...LOAD_OTHER_CAUSES,
  ...CRASH_CAUSES,
  ...INSTALL_CAUSES,
  ...DKMS_CAUSES,
  ...BENIGN_CAUSES,
  ...RUNTIME_CAUSES,
];
