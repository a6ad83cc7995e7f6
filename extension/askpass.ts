// What ssh runs to ask the user something (SSH_ASKPASS): passes the question to the editor and prints the answer; status 1 is a refusal.
import { connect } from 'node:net';

const { TOA_DOCTOR_SOCKET: socket = '', TOA_DOCTOR_TOKEN: token, SSH_ASKPASS_PROMPT: type = '' } = process.env;
const prompt = process.argv[2] ?? '';

let reply = '';
const connection = connect(socket, () => connection.write(`${JSON.stringify({ token, prompt, type })}\n`));
connection.setEncoding('utf8').on('data', (text: string) => (reply += text));
connection.on('error', () => process.exit(1));
connection.on('end', () => {
  const { answer } = JSON.parse(reply) as { readonly answer?: string };
  if (answer === undefined) process.exit(1);
  process.stdout.write(`${answer}\n`, () => process.exit(0));
});
