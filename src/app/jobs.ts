import { Erasure } from '../bot/erasure.ts'
import { Handoffs } from '../bot/handoff/handoffs.ts'
import { Reminders } from '../bot/reminders.ts'
import { Retention } from '../bot/retention.ts'
import { dayInShanghai } from '../bot/today.ts'
import { resolveCase } from '../bot/turn/brain.ts'
import { reminderMessages } from '../bot/turn/following/reminder-messages.ts'
import type { Turns } from '../bot/turns.ts'
import { Withdrawals } from '../bot/withdrawals.ts'
import { blankTranscript } from '../channels/direct-line/blank-transcript.ts'
import { isRemoved, remove } from '../channels/direct-line/conversations.ts'
import type { Parts } from './parts.ts'

/** What is done without anybody asking, when its time has come: each works off a durable queue. */
export interface Jobs {
  readonly erasure: Erasure
  readonly reminders: Reminders
  readonly retention: Retention
  readonly withdrawals: Withdrawals
}

/** @param turns asked for once something expires: turns need the jobs themselves */
export function createJobs(parts: Parts, turns: () => Turns): Jobs {
  return {
    erasure: createErasure(parts),
    reminders: createReminders(parts),
    retention: createRetention(parts, turns),
    withdrawals: createWithdrawals(parts),
  }
}

function createErasure({ store, clock, log, metrics, deadLetters }: Parts): Erasure {
  return new Erasure({
    ...{ store, clock },
    transcripts: {
      erase: async (channelId, conversationId) => {
        if (channelId === 'directline') await remove(store, conversationId)
      },
      isGone: async (channelId, conversationId) =>
        channelId !== 'directline' || (await isRemoved(store, conversationId)),
    },
    onErased: () => metrics.erased.inc({ class: 'conversation', why: 'case' }),
    onDead: deadLetters.receiver('erasure', clock),
    onError: (error) => log.error({ err: error }, 'Erasing what was deleted failed; it is tried again'),
  })
}

function createReminders({ store, clock, log, metrics, deadLetters, brain, speakers }: Parts): Reminders {
  return new Reminders({
    ...{ store, clock },
    onBegin: (lateMs) => metrics.reminderLateness.observe(Math.max(0, lateMs) / 1000),
    messagesOf: (current, now) => reminderMessages(brain, brain.following, current, now),
    onDead: deadLetters.receiver('reminders', clock),
    onError: (error) => log.error({ err: error }, 'A reminder did not go out; it is tried again'),
    say: ({ channelId, reference }, message, deliveryId) =>
      speakers.say(channelId, reference, message, deliveryId),
  })
}

function createRetention(
  { config, store, clock, log, metrics, brain }: Parts,
  turns: () => Turns,
): Retention {
  return new Retention({
    ...{ store, clock },
    draftDays: config.RETENTION_DRAFT_DAYS,
    followedDays: config.RETENTION_FOLLOWED_DAYS,
    textMonths: config.RETENTION_TEXT_MONTHS,
    auditMonths: config.RETENTION_AUDIT_MONTHS,
    erase: (place, expired) => turns().erase(place, expired),
    onErased: (what, count, current) => {
      log.info({ what, count }, 'Deleted because its time was over')
      metrics.erased.inc({ class: what, why: 'retention' }, count)
      const open = current && resolveCase(brain, current.answers, dayInShanghai(clock())).open
      if (open) metrics.questions.inc({ question: open.question.id, step: 'abandoned' })
    },
    onError: (error) => log.error({ err: error }, 'Deleting what expired failed; it is tried again'),
  })
}

function createWithdrawals({ store, clock, log, deadLetters }: Parts): Withdrawals {
  return new Withdrawals({
    ...{ store, clock },
    blank: async ({ channelId, conversationId }, kept) => {
      if (channelId === 'directline') await blankTranscript(store, conversationId, kept)
    },
    // Also where no staff are named any more: what they were told once is kept still.
    blankCase: (caseId) => new Handoffs(store).forgetSaid(caseId),
    onDead: deadLetters.receiver('withdrawals', clock),
    onError: (error) => log.error({ err: error }, 'What was withdrawn did not go yet; it is tried again'),
  })
}
