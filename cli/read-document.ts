import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { parseDocument } from 'yaml';
import { CliError } from './exit-code.ts';

/**
 * A YAML or JSON file (`-` for stdin), also compressed (`.gz`), as plain data. CliError 'usage' when there is no such
 * file or it does not parse.
 */
export const readDocument = async (file: string): Promise<unknown> => {
  const text = await readText(file);
  const document = parseDocument(text, { prettyErrors: true, uniqueKeys: true });
  const [error] = document.errors;
  if (error) throw new CliError('usage', 'not-readable', `${file}: ${error.message}`);
  return document.toJS({ maxAliasCount: 100 });
};

/** A JSON file, also compressed. Large files go here: the YAML reader takes its time. */
export const readJson = async (file: string): Promise<unknown> => {
  const text = await readText(file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CliError('usage', 'not-readable', `${file}: no JSON: ${(error as Error).message}`);
  }
};

/** A text file (`-` for stdin), also compressed. */
export const readText = async (file: string): Promise<string> => {
  try {
    const bytes = file === '-' ? await readStdin() : await readFile(file);
    return (isGzip(bytes) ? gunzipSync(bytes) : bytes).toString('utf8');
  } catch (error) {
    throw new CliError('usage', 'not-readable', `${file}: ${(error as Error).message}`);
  }
};

const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

const readStdin = async (): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
};
