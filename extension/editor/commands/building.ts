/** The commands around one build: loaded together, since who uses one soon uses the next. */
export { applyRemedy } from '../remedies';
export { buildModule, buildModuleFor } from './build';
export { writeSupportBundle } from './bundle';
export { chooseKernel } from './chooseKernel';
export { diagnoseWorkspace } from './diagnose';
export { explainTerminal, explainText } from './explain';
export { showFinding } from './showFinding';
