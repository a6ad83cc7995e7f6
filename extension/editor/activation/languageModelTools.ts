import * as vscode from 'vscode';
import { once } from '../once';
import type { OpenWorkshop } from '../workshop';

/** As package.json and doctor/tools name them; a test holds the three together. */
const TOOL_NAMES = ['toa_decode', 'toa_explain', 'toa_probe'] as const;

/** What a chat's model may ask. */
export function registerLanguageModelTools(open: OpenWorkshop): vscode.Disposable {
  return vscode.Disposable.from(...TOOL_NAMES.map((name) => vscode.lm.registerTool(name, tool(name, open))));
}

function tool(name: string, open: OpenWorkshop): vscode.LanguageModelTool<object> {
  const loaded = once(async () => {
    const [{ session }, { languageModelTool }] = await Promise.all([open(), import('../languageModelTools')]);
    return languageModelTool(name, session);
  });
  return {
    prepareInvocation: async (options, token) => (await loaded()).prepareInvocation(options, token),
    invoke: async (options, token) => (await loaded()).invoke(options, token),
  };
}
