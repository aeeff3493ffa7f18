import type { Dossier } from '../../interview/dossier/schema.ts'
import type { Language, Text } from '../../language.ts'
import { answersPart, checklistPart, findingsPart, sheetPart } from './parts/own.ts'
import { dutiesPart, flowPart, provincePart, resultsPart, sourcesPart } from './parts/ruled.ts'
import { coverOf, type Cover } from './parts/cover.ts'
import { Quoting } from './quoting.ts'
import type { DossierPhrase } from './phrase-ids.ts'
import { sayDossier, type DossierWords } from './words.ts'

/** The dossier as it is printed, before any paper: whoever draws it decides nothing about what it says. */
export interface DossierDocument {
  readonly language: Language
  readonly title: string
  readonly cover: Cover
  readonly parts: readonly DocumentPart[]
}

export interface DocumentPart {
  readonly id: string
  readonly title: string
  readonly pieces: readonly Piece[]
}

/** Plain text throughout: no markup is read out of it. */
export type Piece =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly tone?: 'plain' | 'note' | 'warning' }
  | { readonly kind: 'list'; readonly items: readonly ListItem[]; readonly small?: boolean }
  | {
      readonly kind: 'table'
      readonly columns: readonly Column[]
      readonly rows: readonly (readonly Cell[])[]
    }

export interface ListItem {
  /** Stands before the text: a number, a step. */
  readonly mark?: string
  readonly text: string
  readonly note?: string
  /** Numbers in the list of sources. */
  readonly sources: readonly number[]
}

export interface Column {
  readonly title: string
  /** Its part of the width; all shares are added up. */
  readonly share: number
}

export interface Cell {
  readonly text: string
  readonly strong?: boolean
  /** Smaller, below the text. */
  readonly below?: string
  readonly tone?: 'plain' | 'faint' | 'warning'
  /** A box to tick by hand before the text. */
  readonly box?: boolean
}

/** What the parts are made with. */
export interface Composer {
  readonly dossier: Dossier
  readonly language: Language
  readonly quoting: Quoting
  readonly say: (id: DossierPhrase, values?: Readonly<Record<string, string | number>>) => string
  /** A bilingual text in the reader's language. */
  readonly read: (text: Text) => string
}

/** Lays out what a dossier says, in the language of its conversation. Pure. */
export function dossierDocument(words: DossierWords, dossier: Dossier): DossierDocument {
  const { language } = dossier
  const composer: Composer = {
    dossier,
    language,
    quoting: new Quoting(dossier.sources),
    say: (id, values) => sayDossier(words, language, id, values),
    read: (text) => text[language],
  }
  const parts = [
    sheetPart(composer),
    checklistPart(composer),
    findingsPart(composer),
    flowPart(composer),
    resultsPart(composer),
    provincePart(composer),
    dutiesPart(composer),
    answersPart(composer),
  ].flatMap((part) => part ?? [])
  return {
    language,
    title: composer.say('title'),
    cover: coverOf(composer, parts),
    // Last, when every source that is quoted has its number.
    parts: [...parts, sourcesPart(composer)],
  }
}
