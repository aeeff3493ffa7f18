import { z } from 'zod'
import { changeDocument } from '../../bot/change-document.ts'
import { asJson } from '../../store/as-json.ts'
import type { Json, Store } from '../../store/port.ts'
import { hide } from '../../trust/scope.ts'
import { saidIn } from './said-in.ts'

const json: z.ZodType<Json> = z.json()
const itemSchema = z.object({
  key: z.string(),
  payload: json,
  replyWith: json.optional(),
  /** When it was put, epoch milliseconds. */
  since: z.number(),
})
const listSchema = z.object({
  items: z.array(itemSchema),
  /** Who sends from this list now, and until when nobody else may. */
  holder: z.string().optional(),
  heldUntil: z.number().default(0),
  /** The platform takes nothing before. */
  notBefore: z.number().default(0),
})
type List = z.infer<typeof listSchema>
export type ListItem = z.infer<typeof itemSchema>

const HOLD_MS = 60_000
/** More than this waiting for one chat: the oldest say nothing any more. */
const MOST = 500

/** What waits to be sent to one chat, in order; one process at a time sends from it. */
export class OutboxList {
  readonly #store: Store
  readonly #key: string

  constructor(store: Store, chat: string) {
    this.#store = store
    this.#key = `outbox:{${chat}}`
  }

  /** Adds at the end. An item whose key is there already is not added again. */
  async append(items: readonly ListItem[]): Promise<void> {
    await this.#change((list) => {
      const known = new Set(list.items.map(({ key }) => key))
      return { ...list, items: [...list.items, ...items.filter(({ key }) => !known.has(key))].slice(-MOST) }
    })
  }

  /** @returns the first item, or until when to wait, or undefined where there is nothing to send */
  async take(holder: string, now: number): Promise<ListItem | { readonly until: number } | undefined> {
    const list = await this.#change((current) => {
      const free = current.heldUntil <= now || current.holder === holder
      return free && current.items.length > 0 && current.notBefore <= now
        ? { ...current, holder, heldUntil: now + HOLD_MS }
        : current
    })
    const [first] = list.items
    if (!first) return undefined
    if (list.notBefore > now) return { until: list.notBefore }
    return list.holder === holder && list.heldUntil > now ? first : { until: list.heldUntil }
  }

  /** The item is sent or given up. */
  async remove(key: string): Promise<void> {
    await this.#change((list) => ({ ...list, items: list.items.filter((item) => item.key !== key) }))
  }

  /** Lets others send, not before that moment. */
  async free(holder: string, notBefore: number): Promise<void> {
    await this.#change((list) => {
      if (list.holder !== holder) return list
      const { items } = list
      return { items, heldUntil: 0, notBefore }
    })
  }

  async #change(change: (list: List) => List): Promise<List> {
    const after = await changeDocument(this.#store, this.#key, (value) => {
      const list = listSchema.parse(value ?? { items: [] })
      const next = change(list)
      hide(() => next.items.flatMap(({ payload }) => saidIn(payload)))
      return isNothing(next) ? undefined : asJson(next)
    })
    return listSchema.parse(after ?? { items: [] })
  }
}

function isNothing({ items, holder }: List): boolean {
  return items.length === 0 && holder === undefined
}
