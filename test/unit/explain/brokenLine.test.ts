// Messages that a terminal or a mail broke into several lines are read as one, and whole lines are never put together.
import { describe, expect, it } from 'vitest';
import { primaryCause } from './primaryCause';
import { readSymptoms } from '../../../extension/core/explain/symptomReader';

describe('a message broken into lines', () => {
  it.each([
    [
      'drv.c:120:2: error: implicit declaration of function\n‘strlcpy’; did you mean ‘strscpy’?\n',
      'api_function_removed',
    ],
    [
      'insmod: ERROR: could not insert module\n./toa.ko: Key was rejected by\nservice\n',
      'secure_boot_key_not_enrolled',
    ],
    ['make[1]: *** /lib/modules/4.18.0-348.el8.x86_64/build: No\nsuch file or directory.  Stop.\n', 'headers_missing'],
    // In the middle of a word, at the edge of a terminal.
    ['toa.c:120:2: error: implicit declara\ntion of function ‘strlcpy’;\n', 'api_function_removed'],
    [
      '> /root/toa.c:88:33: error: passing argument 1 of\n> ‘class_create’ from incompatible pointer type\n',
      'api_class_create',
    ],
    [
      '   8   │ toa.c:7:9: error: implicit declaration of function\n       │  ‘strlcpy’; did you mean ‘strscpy’?',
      'api_function_removed',
    ],
  ])('%j', (text, cause) => {
    expect(primaryCause(text)).toBe(cause);
  });

  it('is at the line where it begins, with its whole text', () => {
    const [, symptom] = readSymptoms('make\ntoa.c:12:2: error: implicit declaration of function\n‘strlcpy’\n');
    expect(symptom).toMatchObject({ line: 2, text: 'toa.c:12:2: error: implicit declaration of function ‘strlcpy’' });
  });
});

it.each([
  'toa.c:1:2: error: unknown thing in function\ntoa.c:9:9: error: other thing\n',
  'make: *** [Makefile:5: all] Error 2\nKey was rejected by service\n',
])('whole lines stay apart: %j', (text) => {
  expect(readSymptoms(text).map(({ kind }) => kind)).not.toContain('said');
});
