import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generatedDocs } from '../../scripts/docs/generated-docs.ts';
import { staleDocs } from '../../scripts/docs/stale-docs.ts';

const folders = '{docs,shared,functions,infra,web,local,cli,examples,bench,scripts,tests}';
const pages = [...globSync('*.md'), ...globSync(`${folders}/**/*.md`)].filter(
  (file) => !file.includes('node_modules') && !file.startsWith(join('tests', 'data', 'dags')),
);
const read = (file: string): string => readFileSync(file, 'utf8');

describe('generated pages', () => {
  it('are what the sources say', () => {
    expect(staleDocs(generatedDocs())).toEqual([]);
  });
});

describe('pages', () => {
  it('are seen', () => {
    expect(pages.length).toBeGreaterThan(20);
    for (const page of ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md'])
      expect(pages).toContain(page);
  });

  it('link to files and headings that exist', () => {
    const broken = pages.flatMap((page) =>
      linksOf(read(page))
        .filter((link) => !leadsSomewhere(page, link))
        .map((link) => `${page} → ${link}`),
    );
    expect(broken).toEqual([]);
  });

  it('name source files that exist', () => {
    const named = pages.filter(
      (page) => !page.startsWith(join('docs', 'adr')) && page !== 'CHANGELOG.md',
    );
    const missing = named.flatMap((page) =>
      pathsNamedIn(read(page))
        .filter((path) => !existsSync(path))
        .map((path) => `${page}: ${path}`),
    );
    expect(missing).toEqual([]);
  });

  it('say in each top folder what belongs there', () => {
    for (const folder of ['shared', 'functions', 'infra', 'web', 'local', 'cli'])
      expect(existsSync(`${folder}/README.md`), folder).toBe(true);
  });
});

describe('CONTRIBUTING', () => {
  it('says why of each dependency, and of no other', () => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
      read('package.json'),
    );
    const installed = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
    const section = sectionOf(read('CONTRIBUTING.md'), 'Dependencies');
    const explained = section
      .split(/^- /m)
      .slice(1)
      .flatMap((item) => namesIn(item.slice(0, item.search(/:\s/))));

    expect(explained.toSorted()).toEqual(installed.toSorted());
  });
});

describe('decisions', () => {
  const files = globSync('docs/adr/*.md')
    .map((file) => basename(file))
    .filter((file) => file !== 'README.md')
    .toSorted();

  it('are numbered without a gap', () => {
    expect(files.length).toBeGreaterThan(20);
    const misnumbered = files.filter(
      (file, n) => !new RegExp(`^${String(n + 1).padStart(4, '0')}-[a-z0-9-]+\\.md$`).test(file),
    );
    expect(misnumbered).toEqual([]);
  });

  it('stand in the list, under their own titles', () => {
    const list = read('docs/adr/README.md');
    const unlisted = files.filter((file) => {
      const [title = ''] = read(`docs/adr/${file}`).split('\n');
      return !list.includes(`[${title.replace('# ', '')}](${file})`);
    });
    expect(unlisted).toEqual([]);
    expect(linksOf(list).filter((link) => link.endsWith('.md')).length).toBe(files.length);
  });

  it.each(files)('%s says context, decision, consequences and how a mistake would show', (file) => {
    const headings = read(`docs/adr/${file}`).match(/^## .+$/gm);
    expect(headings).toEqual([
      '## Context',
      '## Decision',
      '## Consequences',
      '## How we would notice that it was wrong',
    ]);
  });
});

describe('CHANGELOG', () => {
  it('has a part for what is not released yet', () => {
    expect(read('CHANGELOG.md')).toMatch(/^## Unreleased$/m);
  });
});

/** Targets of links inside the repository; code is no text. */
function linksOf(markdown: string): string[] {
  const text = markdown.replaceAll(/```[\s\S]*?```/g, '').replaceAll(/`[^`\n]*`/g, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^(https?:|mailto:)/.test(target));
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : normalize(join(dirname(page), path));
  if (!existsSync(target)) return false;
  return anchor === undefined || !target.endsWith('.md') || anchorsOf(read(target)).has(anchor);
}

const anchorsOf = (markdown: string): ReadonlySet<string> =>
  new Set(
    (markdown.replaceAll(/```[\s\S]*?```/g, '').match(/^#+ .+$/gm) ?? []).map((heading) =>
      heading
        .replace(/^#+ /, '')
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );

/** Paths of sources in code voice; patterns and placeholders are none. */
function pathsNamedIn(markdown: string): string[] {
  const top = '(?:shared|functions|infra|web|local|cli|examples|bench|scripts|tests)';
  return [
    ...markdown.matchAll(new RegExp(`\`(${top}/[\\w./-]+\\.(?:tsx?|mjs|json|yaml))\``, 'g')),
  ].map(([, path = '']) => path);
}

const namesIn = (text: string): string[] =>
  [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

/** The text under a second-level heading. */
const sectionOf = (markdown: string, heading: string): string =>
  markdown.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
