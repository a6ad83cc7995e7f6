import { decodeTool } from './decode';
import { explainTool } from './explain';
import { probeTool } from './probe';
import type { Tool } from './tool';

/** All of them; package.json names the same for the editor, and a test holds the two together. */
export const TOOLS: readonly Tool[] = [decodeTool, explainTool, probeTool];
