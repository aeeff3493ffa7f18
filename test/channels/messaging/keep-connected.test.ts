import { expect, test, vi } from 'vitest'
import { KeepConnected } from '../../../src/channels/messaging/keep-connected.ts'
import { Metrics } from '../../../src/server/metrics.ts'

/** A platform that lets in or not, and ends connections when it likes. */
function platform() {
  const ends: (() => void)[] = []
  const state = { away: false, attempts: 0 }
  const connect = (signal: AbortSignal, onOpen: () => void): Promise<void> => {
    state.attempts += 1
    if (state.away) return Promise.reject(new Error('nobody there'))
    onOpen()
    return new Promise((resolve) => {
      ends.push(resolve)
      signal.addEventListener('abort', () => resolve())
    })
  }
  return { state, connect, end: () => ends.pop()?.() }
}

test('connects again after an end and after failures, and says by metric whether it is open', async () => {
  const { state, connect, end } = platform()
  const errors: unknown[] = []
  const kept = new KeepConnected({ connect, onError: (error) => errors.push(error), firstWaitMs: 5 })
  const metrics = new Metrics()
  metrics.watchConnection('dingtalk', () => kept.connected)
  metrics.watchConnection('slack', () => undefined)
  const told = async () => await metrics.registry.getSingleMetricAsString('icpbot_channel_connected')
  expect(await told()).toContain('channel_connected{channel="dingtalk"} 0')

  kept.start()
  await vi.waitFor(() => expect(kept.connected).toBe(true))
  expect(await told()).toContain('channel_connected{channel="dingtalk"} 1')
  // What keeps no connection of its own is not said to be without one.
  expect(await told()).not.toContain('slack')

  state.away = true
  end()
  await vi.waitFor(() => expect(errors.length).toBeGreaterThan(1))
  expect(kept.connected).toBe(false)

  state.away = false
  await vi.waitFor(() => expect(kept.connected).toBe(true), { timeout: 5_000 })
  await kept.stop()
  const { attempts } = state
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(state.attempts).toBe(attempts)
  expect(kept.connected).toBe(false)
})
