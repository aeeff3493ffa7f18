import { z } from 'zod'
import type { Json, Store } from '../../store/port.ts'
import { changeDocument } from '../change-document.ts'
import { deskPlaceSchema, type DeskPlace } from './record.ts'

const KEY = 'desk-lobbies'
const schema = z.object({ places: z.array(deskPlaceSchema) })
/** A message to more places than this is noise. */
const MOST = 20

/** Where requests for a person are posted: the chats in which a member of staff said so. */
export class Lobbies {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  async list(): Promise<readonly DeskPlace[]> {
    const found = await this.#store.documents.get(KEY)
    return found ? schema.parse(found.value).places : []
  }

  /** Adds a chat, or refreshes how it is spoken to. */
  async add(place: DeskPlace): Promise<void> {
    await this.#change((places) => [...places.filter((one) => !same(one, place)), place].slice(-MOST))
  }

  async remove(place: DeskPlace): Promise<void> {
    await this.#change((places) => places.filter((one) => !same(one, place)))
  }

  async #change(change: (places: readonly DeskPlace[]) => readonly DeskPlace[]): Promise<void> {
    await changeDocument(this.#store, KEY, (value): Json => {
      const places = change(value === undefined ? [] : schema.parse(value).places)
      return { places: places.map((place) => ({ ...place })) }
    })
  }
}

function same(one: DeskPlace, other: DeskPlace): boolean {
  return one.channel === other.channel && one.conversation === other.conversation
}
