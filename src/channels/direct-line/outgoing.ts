import { TurnContext, type Activity } from 'botbuilder'
import type { NewEntry } from '../../store/port.ts'
import { CHANNEL } from './conversations.ts'
import { toJson } from './json.ts'

/** What an activity is logged as, once per `entry` id, users and bot apart. */
export function toEntry(author: 'user' | 'bot', entry: string, activity: Partial<Activity>): NewEntry {
  const { conversation, from, recipient } = activity
  const value = toJson({
    ...activity,
    channelId: CHANNEL,
    conversation: { id: conversation?.id },
    from: account(from),
    recipient: account(recipient),
    // Of this side only.
    serviceUrl: undefined,
    callerId: undefined,
  })
  return { id: `${author}:${entry}`, value }
}

function account(of: Activity['from'] | undefined): object | undefined {
  return of && { id: of.id, role: of.role, ...(of.name ? { name: of.name } : {}) }
}

const DELIVERY_ID = Symbol('delivery id')

/** The id the bot gave an activity, if any. */
export function deliveryId(activity: Partial<Activity>): string | undefined {
  const kept: unknown = Reflect.get(activity, DELIVERY_ID)
  return typeof kept === 'string' ? kept : activity.id || undefined
}

/**
 * A TurnContext deletes the id of whatever a bot sends. Here the id is what makes a repeated reply the same
 * reply, so it travels beside, under a symbol that copies take along.
 */
export class DirectLineTurnContext extends TurnContext {
  override sendActivities(activities: Partial<Activity>[]) {
    return super.sendActivities(
      activities.map((activity) =>
        activity.id ? Object.assign({ [DELIVERY_ID]: activity.id }, activity) : activity,
      ),
    )
  }
}
