import { LANGUAGES } from '../../src/language.ts'
import type {
  CaseView,
  Download,
  Mark,
  NumberedStatement,
  PartBlock,
  PartView,
  SectionView,
  Timeline,
  Track,
} from '../../src/rendering/case-view.ts'
import { list, readBlock, readRow, readSource } from './read-message.ts'
import { fields, text } from './wire.ts'

/** Reads `channelData.case`. What this widget does not know is left out; undefined where nothing usable is there. */
export function readCase(value: unknown): CaseView | undefined {
  const given = fields(value)
  const language = LANGUAGES.find((known) => known === given.language)
  const progress = fields(given.progress)
  if (language === undefined || !Array.isArray(given.sections)) return undefined
  return {
    language,
    version: number(given.version),
    code: text(given.code),
    progress: {
      done: number(progress.done),
      total: number(progress.total),
      text: text(progress.text) ?? '',
    },
    sections: list(given.sections, readSection),
    results: list(given.results, readPart),
    documents: readPart(given.documents),
    timeline: readTimeline(given.timeline),
    downloads: list(given.downloads, readDownload),
    sources: list(given.sources, readSource),
  }
}

function readSection(value: unknown): SectionView | undefined {
  const { id, title, state, stateText, rows } = fields(value)
  const known = (['done', 'open', 'ahead'] as const).find((candidate) => candidate === state)
  if (typeof title !== 'string' || known === undefined) return undefined
  return {
    id: text(id) ?? title,
    title,
    state: known,
    stateText: text(stateText) ?? '',
    rows: list(rows, readRow),
  }
}

function readPart(value: unknown): PartView | undefined {
  const { id, title, blocks } = fields(value)
  if (typeof title !== 'string') return undefined
  return { id: text(id) ?? title, title, blocks: list(blocks, readPartBlock) }
}

function readPartBlock(value: unknown): PartBlock | undefined {
  const given = fields(value)
  if (given.kind === 'statements')
    return { kind: 'statements', title: text(given.title), items: list(given.items, readNumbered) }
  const block = readBlock(value)
  return block === undefined || block.kind === 'statements' ? undefined : block
}

function readNumbered(value: unknown): NumberedStatement | undefined {
  const { id, text: said, note, sources, confidence } = fields(value)
  if (typeof said !== 'string') return undefined
  return {
    id: text(id) ?? '',
    text: said,
    note: text(note),
    sources: list(sources, (place) => (typeof place === 'number' ? place : undefined)),
    confidence: text(confidence),
  }
}

function readTimeline(value: unknown): Timeline | undefined {
  const { title, tracks, always, alwaysTitle } = fields(value)
  if (typeof title !== 'string') return undefined
  return {
    title,
    tracks: list(tracks, readTrack),
    always: list(always, readNumbered),
    alwaysTitle: text(alwaysTitle) ?? '',
  }
}

function readTrack(value: unknown): Track | undefined {
  const { id, title, marks } = fields(value)
  if (typeof title !== 'string') return undefined
  return { id: text(id) ?? title, title, marks: list(marks, readMark) }
}

function readMark(value: unknown): Mark | undefined {
  const { days, when, short, date, items } = fields(value)
  if (typeof days !== 'number') return undefined
  return {
    days,
    when: text(when) ?? '',
    short: text(short) ?? '',
    date: text(date),
    items: list(items, readNumbered),
  }
}

function readDownload(value: unknown): Download | undefined {
  const { label, url } = fields(value)
  return typeof label === 'string' && typeof url === 'string' ? { label, url } : undefined
}

function number(value: unknown): number {
  return typeof value === 'number' ? value : 0
}
