import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import { escapeHtml } from './html.js';

for (const [name, language] of Object.entries({ bash, javascript, json, typescript, xml }))
  hljs.registerLanguage(name, language);

/** HTML of hand-written code, with the classes of highlight.js; plain when the language is unknown. */
export const highlight = (code: string, language: string): string =>
  hljs.getLanguage(language) ? hljs.highlight(code, { language }).value : escapeHtml(code);

const KEYWORDS =
  'as|async|await|catch|const|else|export|false|for|from|function|if|import|let|new|null|of|return|throw|true|try|type|typeof|undefined|while';

const SIMPLE = new RegExp(
  [
    String.raw`(?<comment>\/\/.*)`,
    String.raw`(?<string>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|\`[^\`]*\`)`,
    String.raw`(?<number>\b(?:0x[\da-fA-F]+|\d[\d_]*(?:\.\d+)?)n?\b)`,
    String.raw`(?<keyword>\b(?:${KEYWORDS})\b)`,
    String.raw`(?<attr>[A-Za-z_$][\w$]*(?=:))`,
    String.raw`(?<title>\b[A-Z]\w*)`,
    '[&<>"]',
  ].join('|'),
  'g',
);

/**
 * The same for generated TypeScript, JavaScript and JSON, of which there are thousands of alike pieces: highlight.js
 * would take half of the whole build.
 */
export const highlightSimple = (code: string, language: string): string =>
  /^(?:ts|js|json|typescript|javascript)$/.test(language)
    ? code.replace(SIMPLE, colour)
    : highlight(code, language);

function colour(text: string, ...match: unknown[]): string {
  const groups = match.at(-1);
  if (typeof groups === 'object' && groups !== null)
    for (const [name, part] of Object.entries(groups))
      if (part !== undefined) return `<span class="hljs-${name}">${escapeHtml(text)}</span>`;
  return escapeHtml(text);
}
