import { fromJson, toJson } from '../store/checks.ts'
import type { Place } from '../store/place.ts'
import type { Json } from '../store/port.ts'
import { isSealed, type Envelope } from './envelope.ts'

/** What a stored value is sealed as: the whole of it, whatever it holds. */
export function sealValue(envelope: Envelope, place: Place, value: Json): string {
  return envelope.seal(toJson('value', value), recordOf(place), fieldOf(place))
}

/** Values from before there was sealing come back as they are. */
export function openValue(envelope: Envelope, place: Place, value: Json): Json {
  return isSealed(value) ? fromJson(envelope.open(value, recordOf(place), fieldOf(place))) : value
}

/** The value under the current master key, sealed where it was not; undefined where nothing is to be done. */
export function renewValue(envelope: Envelope, place: Place, value: Json): string | undefined {
  return isSealed(value) ? envelope.rewrap(value, recordOf(place)) : sealValue(envelope, place, value)
}

/** One data key for each of these. The name of a document has the id of its case in it. */
function recordOf(place: Place): string {
  switch (place.kind) {
    case 'document':
      return `document ${place.key}`
    case 'entry':
      return `log ${place.log}`
    case 'item':
      return `queue ${JSON.stringify([place.queue, place.id])}`
  }
}

function fieldOf(place: Place): string {
  return place.kind === 'entry' ? place.id : ''
}
