import { join } from 'node:path'
import { CHECKED } from '../../interview/case.ts'
import { isFilled, loadForm, type OfficialForm } from '../../interview/dossier/form.ts'
import type { Resolution } from '../../interview/resolve.ts'
import type { Language } from '../../language.ts'
import type { Download } from '../../rendering/case-view.ts'
import { loadDossierWords, sayDossier, type DossierWords } from '../../rendering/dossier/words.ts'
import type { Action, Block, Message } from '../../rendering/message.ts'
import { evened } from '../../understanding/evened.ts'
import { bare } from '../../understanding/normalise.ts'
import { askAgain } from './question.ts'
import type { Incoming, Turn, TurnResult } from './turn.ts'

/** What the dossier is made and asked for with, loaded once. */
export interface DossierKit {
  readonly form: OfficialForm
  readonly words: DossierWords
}

/** The key under which the button comes back; no question of a dialog is called so. */
const DOSSIER_KEY = 'dossier'

/** Reads what the dossier needs from `rules` and `dialogs` below a folder. */
export function loadDossierKit(root: string): DossierKit {
  return { form: loadForm(join(root, 'rules')), words: loadDossierWords(join(root, 'dialogs')) }
}

/**
 * The part of a turn that asks for the files; undefined where the message is about something else. Pure: the links
 * are signed by whoever has the keys (`links` of the result).
 */
export function dossierTurn(turn: Turn, incoming: Incoming): TurnResult | undefined {
  const { words } = turn.brain.dossier
  if (!asksForFiles(words, incoming)) return undefined
  const why = nothingToFile(turn)
  if (why === undefined) return { ...askAgain(turn, []), links: 'asked' }
  return askAgain(turn, [{ kind: 'text', text: sayDossier(words, turn.on.language, why) }])
}

function nothingToFile({ brain, resolution }: Turn): 'none' | 'not-filed' | undefined {
  if (resolution.path.length === 0) return 'none'
  return isFilled(brain.dossier.form, resolution) ? undefined : 'not-filed'
}

function asksForFiles({ asks }: DossierWords, incoming: Incoming): boolean {
  if (incoming.kind === 'payload')
    return incoming.payload.kind === 'answer' && incoming.payload.question === DOSSIER_KEY
  if (incoming.kind !== 'text' || incoming.text.length > 100) return false
  return evened(asks).has(bare(incoming.text))
}

/** The button that asks for the files again. */
function dossierAction({ words }: DossierKit, language: Language, version: number): Action {
  return {
    label: sayDossier(words, language, 'action'),
    payload: { kind: 'answer', question: DOSSIER_KEY, version, answer: 'download' },
  }
}

/** Whether a turn confirmed the answers: the files are then offered unasked. */
export function isNewlyChecked(before: Resolution, after: Resolution): boolean {
  const checked = ({ path }: Resolution) => path.some(({ question }) => question.id === CHECKED)
  return checked(after) && !checked(before)
}

/** Says the files with their links: before what else is replied where they were asked for, else after it. */
export function withLinks(
  kit: DossierKit,
  replies: readonly Message[],
  links: readonly Download[],
  { asked, complete, minutes, version }: LinkContext,
): readonly Message[] {
  const last = replies.at(-1)
  if (!last || links.length === 0) return replies
  const say = (id: 'ready' | 'not-complete') => sayDossier(kit.words, last.language, id, { minutes })
  const told: readonly Block[] = [
    { kind: 'text', tone: 'success', text: say('ready') },
    { kind: 'text', text: links.map(({ label, url }) => `- [${label}](${url})`).join('\n') },
    ...(complete ? [] : [{ kind: 'text', tone: 'notice', text: say('not-complete') } as const]),
  ]
  const blocks = asked ? [...told, ...last.blocks] : [...last.blocks, ...told]
  const again = dossierAction(kit, last.language, version)
  return [...replies.slice(0, -1), { ...last, blocks, actions: [again, ...(last.actions ?? [])] }]
}

interface LinkContext {
  /** Somebody asked for the files; else they are offered. */
  readonly asked: boolean
  /** Every question is answered. */
  readonly complete: boolean
  /** How long the links work. */
  readonly minutes: number
  /** Revision of the case. */
  readonly version: number
}
