import type { Language } from '../../language.ts'
import { escapeMarkdown } from '../../rendering/compose/context.ts'
import type { DeskCard } from '../../rendering/desk-card.ts'
import type { Handoff } from './record.ts'
import { sayDesk, type DeskWords } from './words.ts'

/** What staff are told of a case before they take it: in their language, nothing personal. */
export interface CaseFacts {
  readonly province?: string
  readonly filingType?: string
  /** The open question's label. */
  readonly where?: string
}

export function requestCard(
  words: DeskWords,
  language: Language,
  handoff: Handoff,
  { province, filingType, where }: CaseFacts,
  lastWords: string | undefined,
): DeskCard {
  const say = (...rest: Parameters<typeof sayDesk> extends [unknown, unknown, ...infer R] ? R : never) =>
    sayDesk(words, language, ...rest)
  const unknown = say('not-known-yet')
  const row = (label: string, value: string) => ({ label, value })
  return {
    language,
    blocks: [
      {
        kind: 'summary',
        title: say('card-title', { id: handoff.id }),
        rows: [
          row(say('card-language'), languageName(handoff.language, language)),
          row(say('card-province'), province ?? unknown),
          row(say('card-type'), filingType ?? unknown),
          row(say('card-where'), where ?? unknown),
          row(say('card-failed'), say(`reason-${handoff.reason}`)),
          row(say('card-waiting'), clock(handoff.askedAt, language)),
          ...(lastWords === undefined
            ? []
            : [row(say('card-said'), escapeMarkdown(lastWords.slice(0, 300)))]),
        ],
      },
    ],
    buttons: [{ label: say('claim'), command: `claim ${handoff.id}`, primary: true }],
  }
}

/** What whoever has a conversation now sees first: that it is theirs, and what was said until then. */
export function claimedCard(
  words: DeskWords,
  language: Language,
  claimed: DeskCard,
  lines: readonly string[],
): DeskCard {
  if (lines.length === 0) return claimed
  const title = sayDesk(words, language, 'said-before')
  const text = lines.map((line) => `- ${line}`).join('\n')
  return { ...claimed, blocks: [...claimed.blocks, { kind: 'heading', text: title }, { kind: 'text', text }] }
}

/** One line to staff. What a person wrote must be escaped already. */
export function lineCard(language: Language, text: string): DeskCard {
  return { language, blocks: [{ kind: 'text', text }], buttons: [] }
}

function languageName(of: Language, as: Language): string {
  return new Intl.DisplayNames([as], { type: 'language' }).of(of) ?? of
}

export function clock(at: number, language: Language): string {
  return new Intl.DateTimeFormat(language, {
    timeZone: 'Asia/Shanghai',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(at)
}
