import type { Case } from '../../../interview/case.ts'
import type { Incoming } from '../turn.ts'
import type { FollowingKit } from './kit.ts'
import { coreOf } from './words.ts'

const ADDRESS = /(?:https?:\/\/)?[^\s/:：，。、；]+\.[^\s，。、；]{2,}/iu

/**
 * The address of a page that a message asks to be checked: "检查页脚 www.example.cn", or the address alone where
 * one was asked for. Undefined for everything else. To be read before the turn, because fetching takes time.
 */
export function pageAsked(
  { words }: FollowingKit,
  { following }: Case,
  incoming: Incoming,
): string | undefined {
  if (incoming.kind !== 'text' || incoming.text.length > 500 || following?.number === undefined)
    return undefined
  const address = ADDRESS.exec(incoming.text)?.[0]
  if (address === undefined) return undefined
  const rest = incoming.text.replace(address, ' ')
  if (words.asked.get(coreOf(words, rest)) === 'check') return address
  return following.awaiting === 'address' ? address : undefined
}
