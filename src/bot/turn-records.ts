import { z } from 'zod'
import { newCase, type Case } from '../interview/case.ts'
import type { Language } from '../language.ts'
import type { Message } from '../rendering/message.ts'
import type { Json, Store, Versioned, Write } from '../store/port.ts'
import { caseKey, talkKey, turnKey } from './keys.ts'
import { Recent } from './recent.ts'
import { caseSchema, newTalk, talkSchema, type Standing, type Talk } from './turn/standing.ts'
import type { TurnResult } from './turn/turn.ts'

/** Turns of a conversation whose replies are kept. Channels redeliver within minutes; people write less fast. */
const TURNS_KEPT = 20

/** Which message of which conversation about which case. */
export interface TurnAddress {
  readonly caseId: string
  readonly conversation: string
  readonly turn: string
}

/** What the store holds for a turn about to be taken. */
export interface Loaded {
  readonly standing: Standing
  /** Nothing was kept of the case before. */
  readonly fresh: boolean
  /** Set where this very message was answered before. */
  readonly answered: Answered | undefined
  readonly versions: { readonly case: number; readonly talk: number }
}

export interface Answered {
  readonly replies: readonly Message[]
  readonly delivered: boolean
  readonly version: number
}

const answeredSchema = z.object({
  // Written by this program from its own `Message`, so only the frame is checked.
  replies: z.array(
    z.custom<Message>((value) => typeof value === 'object' && value !== null && 'blocks' in value),
  ),
  delivered: z.boolean(),
})

export async function loadTurn(
  store: Store,
  address: TurnAddress,
  language: Language,
  now: Date,
): Promise<Loaded> {
  const { caseId, conversation, turn } = address
  const keys = [caseKey(caseId), talkKey(caseId, conversation), turnKey(caseId, conversation, turn)]
  const [caseDocument, talkDocument, turnDocument] = await store.documents.getMany(keys)
  const { cases, talks } = recentOf(store)
  const [caseName = '', talkName = ''] = keys
  return {
    standing: {
      case: caseDocument
        ? (cases.get(caseName, caseDocument.version) ?? caseSchema.parse(caseDocument.value))
        : newCase(caseId, language, now),
      talk: talkDocument
        ? (talks.get(talkName, talkDocument.version) ?? talkSchema.parse(talkDocument.value))
        : newTalk,
    },
    fresh: caseDocument === undefined,
    answered: turnDocument && readAnswered(turnDocument),
    versions: {
      case: caseDocument?.version ?? 0,
      talk: talkDocument?.version ?? 0,
    },
  }
}

function readAnswered({ value, version }: Versioned): Answered {
  return { ...answeredSchema.parse(value), version }
}

/**
 * Writes all that a turn changed, and its replies, in one batch: all of it or nothing. `fence` is what the lease of
 * the turn asks for besides (lease.ts).
 * @returns the version of the turn's record, or undefined where somebody else was faster
 */
export async function saveTurn(
  store: Store,
  address: TurnAddress,
  loaded: Loaded,
  result: TurnResult,
  now: Date,
  fence: readonly Write[] = [],
): Promise<number | undefined> {
  const { caseId, conversation, turn } = address
  const turns = [...result.standing.talk.turns, turn]
  // Of earlier replies none stays that may quote what was agreed to before.
  const kept = result.withdrawn ? 1 : TURNS_KEPT
  const outdated = turns.splice(0, Math.max(0, turns.length - kept))
  const current = { ...result.standing.case, updatedAt: now.toISOString() }
  const talk = { ...result.standing.talk, turns }
  const saved = await store.documents.put([
    {
      key: turnKey(caseId, conversation, turn),
      expected: 0,
      value: plain({ replies: result.replies, delivered: false }),
    },
    {
      key: caseKey(caseId),
      expected: loaded.versions.case,
      value: plain(current),
    },
    {
      key: talkKey(caseId, conversation),
      expected: loaded.versions.talk,
      value: plain(talk),
    },
    ...outdated.map((old) => deletion(turnKey(caseId, conversation, old))),
    ...fence,
  ])
  if (!saved.ok) return undefined
  const [turnVersion, caseVersion = 0, talkVersion = 0] = saved.versions
  recentOf(store).cases.set(caseKey(caseId), caseVersion, current)
  recentOf(store).talks.set(talkKey(caseId, conversation), talkVersion, talk)
  return turnVersion
}

/** Deletes the case and everything kept of the conversation, but for the farewell of this turn. */
export async function forgetCase(
  store: Store,
  address: TurnAddress,
  loaded: Loaded,
  replies: readonly Message[],
  fence: readonly Write[] = [],
): Promise<number | undefined> {
  const { caseId, conversation, turn } = address
  const saved = await store.documents.put([
    {
      key: turnKey(caseId, conversation, turn),
      expected: 0,
      value: plain({ replies, delivered: false }),
    },
    ...loaded.standing.talk.turns.map((old) => deletion(turnKey(caseId, conversation, old))),
    ...(loaded.versions.case === 0
      ? []
      : [
          {
            key: caseKey(caseId),
            expected: loaded.versions.case,
            value: undefined,
          },
        ]),
    ...(loaded.versions.talk === 0
      ? []
      : [
          {
            key: talkKey(caseId, conversation),
            expected: loaded.versions.talk,
            value: undefined,
          },
        ]),
    ...fence,
  ])
  recentOf(store).cases.delete(caseKey(caseId))
  recentOf(store).talks.delete(talkKey(caseId, conversation))
  return saved.ok ? saved.versions[0] : undefined
}

/** Deletes what is kept of another conversation about a case that was deleted. */
export async function forgetTalk(store: Store, caseId: string, conversation: string): Promise<void> {
  const key = talkKey(caseId, conversation)
  recentOf(store).talks.delete(key)
  const found = await store.documents.get(key)
  if (!found) return
  const { turns } = talkSchema.parse(found.value)
  const old = turns.map((turn) => deletion(turnKey(caseId, conversation, turn)))
  await store.documents.put([...old, { key, expected: found.version, value: undefined }])
}

/** Channels without idempotent delivery need to know whether the replies went out. */
export async function markDelivered(
  store: Store,
  { caseId, conversation, turn }: TurnAddress,
  { replies, version }: Answered,
): Promise<void> {
  const value = plain({ replies, delivered: true })
  await store.documents.put([{ key: turnKey(caseId, conversation, turn), expected: version, value }])
}

/** What this process wrote last: mostly it is what the next turn of the conversation begins with. */
function recentOf(store: Store): { readonly cases: Recent<Case>; readonly talks: Recent<Talk> } {
  let known = recent.get(store)
  if (!known) recent.set(store, (known = { cases: new Recent(), talks: new Recent() }))
  return known
}
const recent = new WeakMap<Store, { readonly cases: Recent<Case>; readonly talks: Recent<Talk> }>()

/** Replies of an earlier turn: whether they were marked as delivered meanwhile makes no difference. */
function deletion(key: string): Write {
  return { key, expected: 'any', value: undefined }
}

/**
 * Our own records are JSON by their types; only `readonly` and optional members keep the compiler from seeing it. The
 * store takes their text at once, so there is nothing to copy here.
 */
function plain(value: object): Json {
  return value as Json
}
