import { message } from '../../message';
import { CERTAIN, type Cause } from '../cause';
import { installCompiler } from '../remedies';

const COMPILER = /(?:^|[/-])(?:gcc|cc|clang)(?:-\d+(?:\.\d+)*)?$/;

const compilerNotFound: Cause = {
  key: 'compiler_not_found',
  family: 'toolchain',
  decidedBy: message('command -v gcc prints nothing'),
  judge({ symptoms, facts }) {
    const symptom = symptoms.find((one) => one.kind === 'command-missing' && COMPILER.test(one.command));
    if (symptom?.kind !== 'command-missing') return undefined;
    const command = symptom.command.split('/').at(-1) ?? symptom.command;
    return {
      symptom,
      weight: CERTAIN,
      title: message('The compiler {command} is not installed', { command }),
      explanation: message(
        'The kernel’s build calls {command}, and the shell does not find it. A module should be built by the compiler that built the kernel, at least by the same major version.',
        { command },
      ),
      remedies: installCompiler(command, facts),
    };
  },
};

export const TOOLCHAIN_CAUSES: readonly Cause[] = [compilerNotFound];
