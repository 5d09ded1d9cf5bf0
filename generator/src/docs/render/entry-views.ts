import type { BuiltinPage, EntryPage, ErrorPage, NamespacePage, TypePage } from '../types.js';
import {
  factsWords,
  headView,
  historyView,
  listOf,
  removedNotice,
  usedByView,
} from './common-view.js';
import { constructorView } from './constructor-view.js';
import { codeSpan, escapeCell, escapeText } from './escape.js';
import { layerView } from './layer-view.js';
import { methodView } from './method-view.js';
import type { PageWriter } from './page-writer.js';
import { counted } from './plain-text.js';

/** What the template of a page's kind is given. */
export function viewOf(page: EntryPage, writer: PageWriter): object {
  switch (page.kind) {
    case 'method':
      return methodView(page, writer);
    case 'constructor':
      return constructorView(page, writer);
    case 'type':
      return typeView(page, writer);
    case 'builtin':
      return builtinView(page, writer);
    case 'error':
      return errorView(page, writer);
    case 'namespace':
      return namespaceView(page, writer);
    case 'layer':
      return layerView(page, writer);
  }
}

function typeView(page: TypePage, writer: PageWriter): object {
  const removed = removedNotice(page.history, writer);
  return {
    ...headView(page, writer, 'type'),
    notices: removed === '' ? [] : [removed],
    accepts: page.accepts === null ? '' : escapeText(page.accepts),
    lines: page.constructors.map(({ tl }) => tl).join('\n'),
    constructors: page.constructors.map((ref) => writer.item(ref)),
    usedBy: usedByView(page.usedBy, writer),
    tsName: codeSpan(page.tsName),
    history: historyView(page.history, writer),
  };
}

function builtinView(page: BuiltinPage, writer: PageWriter): object {
  return {
    ...headView(page, writer, 'type'),
    rows: [
      { where: 'In TypeScript', form: escapeCell(page.tsType) },
      { where: 'In JSON', form: escapeCell(page.json) },
      { where: 'On the wire', form: writer.cell(page.wire) },
    ],
    usedBy: usedByView(page.usedBy, writer),
  };
}

function errorView(page: ErrorPage, writer: PageWriter): object {
  const codes = page.codes.map((code) => `**${code}**`).join(', ');
  const number = page.name.includes('%d') ? ' `%d` stands for a number.' : '';
  const { thrownBy, general } = page;
  const none = general
    ? 'The data names none in particular.'
    : 'The data names no method that answers with it.';
  const thrown =
    thrownBy.length === 0
      ? none
      : `All methods that throw this: ${counted(thrownBy.length, 'method')}.`;
  return {
    ...headView(page, writer, 'error'),
    codes: `${page.codes.length === 1 ? 'Code' : 'Codes'} ${codes}.${number}`,
    advice: writer.block(page.advice),
    thrown: general ? `Any method may answer with it. ${thrown}` : thrown,
    thrownBy: listOf(thrownBy, writer),
    source: factsWords(page.facts),
  };
}

function namespaceView(page: NamespacePage, writer: PageWriter): object {
  const groups = [
    { title: 'Methods', refs: page.methods },
    { title: 'Constructors', refs: page.constructors },
    { title: 'Types', refs: page.types },
  ];
  return {
    ...headView(page, writer, 'namespace'),
    groups: groups.flatMap(({ title, refs }) =>
      refs.length === 0 ? [] : { title, list: refs.map((ref) => writer.item(ref)).join('\n') },
    ),
  };
}
