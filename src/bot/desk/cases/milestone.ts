import { caseSchema, type Case } from '../../../interview/case.ts'
import { MILESTONES, type Following, type Milestone } from '../../../interview/following/milestones.ts'
import type { DeskCard } from '../../../rendering/desk-card.ts'
import { asJson } from '../../../store/as-json.ts'
import { readDate } from '../../../understanding/dates.ts'
import { changeDocument } from '../../change-document.ts'
import { caseKey } from '../../keys.ts'
import { readTold } from '../../turn/following/read-told.ts'
import { tellMilestone } from '../../turn/following/tell.ts'
import { turnAt } from '../../turn/following/turn-at.ts'
import { newTalk } from '../../turn/standing.ts'
import { notice, onRecord, speak, typed, type Looking } from './looking.ts'

interface Told {
  readonly milestone: Milestone
  readonly date: string | undefined
  readonly number: string | undefined
}

/** `milestone CODE approved 2026-11-20`: what the authority answered, noted as if the applicant had told it. */
export async function setMilestone(looking: Looking): Promise<DeskCard> {
  const { options, rest, caseId } = looking
  if (rest === '') {
    const example = typed(looking, 'milestone', `submitted ${looking.asOf}`)
    return notice(looking, speak(looking, 'milestone-needed', { example, names: namesIn(looking) }))
  }
  const told = readMilestone(looking)
  if (!told) return notice(looking, speak(looking, 'milestone-unknown', { names: namesIn(looking) }))
  let said = ''
  let changed = false
  await changeDocument(options.store, caseKey(caseId), (value) => {
    if (value === undefined) return undefined
    const current = caseSchema.parse(value)
    const result = applied(looking, current, told)
    said = result.said
    changed = result.following !== undefined
    return asJson(changed ? { ...current, following: result.following } : current)
  })
  if (changed) {
    await onRecord(looking, 'milestone', told.milestone)
    await options.onMilestone?.(caseId, (await options.handoffs.get(caseId))?.place)
  }
  return notice(looking, said)
}

/** The same step as in a turn of the applicant's, said in the language of the staff; nothing is waited for after it. */
function applied(
  { options, language, now }: Looking,
  current: Case,
  { milestone, date, number }: Told,
): { readonly said: string; readonly following: Following | undefined } {
  const { brain } = options
  const standing = { case: { ...current, language }, talk: newTalk }
  const turn = turnAt(brain, brain.following, standing, now)
  const { standing: after, replies } = tellMilestone(turn, milestone, { date, number })
  const [block] = replies[0]?.blocks ?? []
  const said = block?.kind === 'text' ? block.text : ''
  const { following } = after.case
  if (!following || following === current.following) return { said, following: undefined }
  return { said, following: { ...following, awaiting: undefined } }
}

/** By its id or as people tell it: "approved on 20 November", "11月20日通过". */
function readMilestone({ options, rest, asOf }: Looking): Told | undefined {
  const [first = '', ...others] = rest.split(/\s+/u)
  const milestone = MILESTONES.find((name) => name === first.toLowerCase())
  if (milestone) {
    const text = others.join(' ')
    const date = text === '' ? undefined : readDate(text, asOf)?.value
    // Something stands there that is no day: nothing is guessed.
    return text !== '' && date === undefined ? undefined : { milestone, date, number: undefined }
  }
  const told = readTold(options.brain.following.words, rest, asOf)
  return told?.kind === 'milestone' ? told : undefined
}

function namesIn({ options, language }: Looking): string {
  const { milestones } = options.brain.following.words
  const names = MILESTONES.map((name) => `${milestones[name].label[language]} (${name})`)
  return names.join(language === 'en' ? ', ' : '、')
}
