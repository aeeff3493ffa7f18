import { z } from 'zod'
import type { ClaimedItem, Store } from '../store/port.ts'
import { asJson } from '../store/as-json.ts'
import type { Place } from './case-code.ts'
import { DueJob } from './due-job.ts'
import type { DueWorkerOptions } from './due-worker.ts'
import { conversationKey } from './keys.ts'
import { forgetTalk } from './turn-records.ts'

export interface WithdrawalsOptions {
  readonly store: Store
  readonly clock: () => Date
  /** Takes away what was said in a conversation before, as far as the channel keeps it, and leaves `kept`. */
  readonly blank: (
    place: Place,
    kept: { readonly until: number; readonly activityId: string },
  ) => Promise<void>
  /** Takes away what was said of a case elsewhere than in its conversations. */
  readonly blankCase?: (caseId: string) => Promise<void>
  readonly onError: (error: unknown) => void
  readonly onDead?: DueWorkerOptions['onDead']
}

/** Where the case is talked about; the first is where consent was withdrawn. */
export interface Withdrawal {
  readonly caseId: string
  readonly places: readonly Place[]
  readonly activityId: string
}

/** Until then the turn has done it itself; later it is taken for ended in between. */
const OWN_TURN_MS = 10_000
const schema = z.object({
  caseId: z.string(),
  places: z.array(z.object({ channelId: z.string(), conversationId: z.string() })),
  activityId: z.string(),
  until: z.number(),
})

/**
 * What was said under a consent that was withdrawn goes from every conversation about the case, in the turn itself.
 * It stands in a durable queue meanwhile: also where the process ends in between it is done.
 */
export class Withdrawals extends DueJob {
  readonly #options: WithdrawalsOptions

  constructor(options: WithdrawalsOptions) {
    super({ ...options, queue: options.store.queue('withdrawals') })
    this.#options = options
  }

  protected override work({ value }: ClaimedItem): Promise<void> {
    return this.#blank(schema.parse(value))
  }

  /** To be called before the case is saved without what was withdrawn. @returns what does the rest after that */
  async begin({ caseId, places, activityId }: Withdrawal): Promise<() => Promise<void>> {
    const now = this.#options.clock().getTime()
    const item = { caseId, places: [...places], activityId, until: now }
    const id = `${caseId}:${conversationKey('withdrawal', activityId)}`
    await this.queue.schedule({ id, due: now + OWN_TURN_MS, value: asJson(item) })
    return async () => {
      await this.#blank(item)
      await this.queue.cancel(id)
    }
  }

  async #blank({ caseId, places, activityId, until }: z.infer<typeof schema>): Promise<void> {
    await this.#options.blankCase?.(caseId)
    for (const [at, place] of places.entries()) {
      await this.#options.blank(place, { until, activityId })
      // Here the turn itself has dropped the replies that were kept; elsewhere they go with the talk.
      if (at > 0)
        await forgetTalk(this.#options.store, caseId, conversationKey(place.channelId, place.conversationId))
    }
  }
}
