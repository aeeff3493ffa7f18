import {
  MILESTONES,
  settled,
  type Following,
  type Milestone,
  type Milestones,
  type Reached,
} from './milestones.ts'

/** Where a filing stands: the steps up to the decision follow one another, what comes after it runs side by side. */
export type Stage = 'start' | (typeof STAGES)[number]

const STAGES = [
  'submitted',
  'provider-review',
  'corrections-asked',
  'papers-to-mail',
  'sms-due',
  'administration-review',
  'rejected',
  'approved',
] as const satisfies readonly Milestone[]

const AFTER_APPROVAL: readonly Milestone[] = [
  'site-opened',
  'footer-shown',
  'commercial-service-started',
  'public-security-filed',
  'public-security-approved',
  'badge-shown',
]
const DECISIONS: readonly Milestone[] = ['approved', 'rejected']

/**
 * What can come next. Steps may be left out, because nobody tells a bot of each; going back is possible only
 * where the order itself goes back: after corrections, a missed text message or a rejection.
 */
const NEXT: Readonly<Record<Stage, readonly Milestone[]>> = {
  start: ['submitted'],
  submitted: [
    'provider-review',
    'corrections-asked',
    'papers-to-mail',
    'sms-due',
    'administration-review',
    ...DECISIONS,
  ],
  'provider-review': [
    'corrections-asked',
    'papers-to-mail',
    'sms-due',
    'administration-review',
    ...DECISIONS,
  ],
  'corrections-asked': ['submitted'],
  'papers-to-mail': ['corrections-asked', 'sms-due', 'administration-review', ...DECISIONS],
  'sms-due': ['administration-review', 'submitted', 'corrections-asked', ...DECISIONS],
  'administration-review': DECISIONS,
  rejected: ['submitted'],
  approved: AFTER_APPROVAL,
}

/** Of what happens after approval, what needs something else first. */
const NEEDS: Readonly<Partial<Record<Milestone, Milestone>>> = {
  'footer-shown': 'site-opened',
  'public-security-approved': 'public-security-filed',
  'badge-shown': 'public-security-approved',
}

export function stageOf(milestones: Milestones): Stage {
  return STAGES.findLast((milestone) => milestones[milestone] !== undefined) ?? 'start'
}

/** What can be told next. */
export function nextOf(milestones: Milestones): readonly Milestone[] {
  return NEXT[stageOf(milestones)].filter((milestone) => {
    const needed = NEEDS[milestone]
    const done = AFTER_APPROVAL.includes(milestone) && milestones[milestone] !== undefined
    return !done && (needed === undefined || milestones[needed] !== undefined)
  })
}

export type Advance =
  | { readonly ok: true; readonly following: Following }
  | { readonly ok: false; readonly problem: 'future' }
  /** Earlier than something that has to lie before it. */
  | { readonly ok: false; readonly problem: 'before'; readonly other: Milestone; readonly on: string }
  /** Told before. */
  | { readonly ok: false; readonly problem: 'known'; readonly on: string }
  /** Cannot come at this stage. */
  | { readonly ok: false; readonly problem: 'not-now'; readonly stage: Stage }

/**
 * Notes a milestone. The newest step gets another day where it is told with another one. Where the order goes
 * back, what came after is gone: handing in again starts a new round.
 * @param today the day in Asia/Shanghai
 */
export function advance(
  following: Following,
  milestone: Milestone,
  reached: Reached,
  today: string,
): Advance {
  const { milestones } = following
  if (reached.on > today) return { ok: false, problem: 'future' }
  const stage = stageOf(milestones)
  const known = milestones[milestone]
  const correctable = stage === milestone || AFTER_APPROVAL.includes(milestone)
  if (!nextOf(milestones).includes(milestone)) {
    if (known === undefined) return { ok: false, problem: 'not-now', stage }
    if (!correctable || known.on === reached.on) return { ok: false, problem: 'known', on: known.on }
  }
  const before = latestBefore(milestones, milestone)
  if (before && reached.on < before.on) return { ok: false, problem: 'before', ...before }
  const place = stagePlace(milestone)
  const kept = Object.entries(milestones).filter(([name]) => place === -1 || stagePlace(name) < place)
  return {
    ok: true,
    following: {
      ...settled(following),
      milestones: { ...Object.fromEntries(kept), [milestone]: reached },
    },
  }
}

function stagePlace(name: string): number {
  return STAGES.findIndex((stage) => stage === name)
}

/** Takes back what was told last, such as an approval that was none. Undefined where nothing was told. */
export function retract(following: Following): { following: Following; milestone: Milestone } | undefined {
  const told = MILESTONES.filter((milestone) => following.milestones[milestone] !== undefined)
  const last = told.toSorted((a, b) => notedAt(following, a).localeCompare(notedAt(following, b))).at(-1)
  if (last === undefined) return undefined
  const { number, ...rest } = settled(following)
  const kept = last === 'approved' || number === undefined ? rest : { ...rest, number }
  return { milestone: last, following: { ...kept, milestones: without(following.milestones, last) } }
}

function notedAt({ milestones }: Following, milestone: Milestone): string {
  return milestones[milestone]?.noted ?? ''
}

function without(milestones: Milestones, gone: Milestone): Milestones {
  return Object.fromEntries(Object.entries(milestones).filter(([name]) => name !== gone))
}

/** The latest of the milestones that have to lie before this one. */
function latestBefore(
  milestones: Milestones,
  milestone: Milestone,
): { readonly other: Milestone; readonly on: string } | undefined {
  const earlier = AFTER_APPROVAL.includes(milestone)
    ? (['approved', NEEDS[milestone]] as const)
    : NEXT[stageOf(milestones)].includes(milestone)
      ? [stageName(milestones)]
      : STAGES.slice(0, stagePlace(milestone))
  return earlier
    .flatMap((other) => {
      const on = other === undefined ? undefined : milestones[other]?.on
      return other === undefined || on === undefined ? [] : [{ other, on }]
    })
    .sort((a, b) => (a.on < b.on ? 1 : -1))[0]
}

function stageName(milestones: Milestones): Milestone | undefined {
  const stage = stageOf(milestones)
  return stage === 'start' ? undefined : stage
}
