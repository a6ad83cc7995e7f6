import * as vscode from 'vscode';
import { TOOLS } from '../doctor/tools';
import type { Tool } from '../doctor/tools/tool';
import type { Session } from './session';
import { requireTrust } from './trust';

/** A tool as the editor asks for it. Each call is confirmed by the user; a host is asked only where the workspace is trusted. */
export function languageModelTool(
  name: string,
  session: Session,
): Required<Pick<vscode.LanguageModelTool<object>, 'invoke' | 'prepareInvocation'>> {
  const tool = TOOLS.find((one) => one.name === name);
  if (tool === undefined) throw new Error(name);
  return {
    prepareInvocation: () => ({ confirmationMessages: question(tool, session) }),
    async invoke({ input }) {
      if (tool.asksHost) requireTrust();
      const answer = JSON.stringify(await tool.run(input, session.host));
      return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(answer)]);
    },
  };
}

function question(tool: Tool, session: Session): vscode.LanguageModelToolConfirmationMessages {
  const title = vscode.l10n.t('Use TOA Doctor?');
  const message = tool.asksHost
    ? vscode.l10n.t(
        'One read-only script looks at {host}: kernels, headers, compiler, Secure Boot. The model is told what it finds.',
        {
          host: session.host.name,
        },
      )
    : vscode.l10n.t('The text is read on this machine; nothing is run. The model is told what is in it.');
  return { title, message };
}
