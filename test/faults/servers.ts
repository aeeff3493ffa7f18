import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startProcess, type Running } from '../support/process.ts'
import { NOON_OFFSET_MS } from './check.ts'

export interface ServerPlan {
  readonly environment: Readonly<Record<string, string>>
  /** Put in front of the command, to give the process a disk of its own. */
  readonly wrapper?: readonly string[]
}

/** Server processes that are started again, at the same port, whenever one is killed. */
export class Servers {
  readonly #plans: readonly ServerPlan[]
  readonly #running: Running[] = []
  readonly #clocks: string

  private constructor(plans: readonly ServerPlan[], clocks: string) {
    this.#plans = plans
    this.#clocks = clocks
  }

  static async start(plans: readonly ServerPlan[]): Promise<Servers> {
    const servers = new Servers(plans, await mkdtemp(join(tmpdir(), 'icp-clocks-')))
    for (const at of plans.keys()) servers.#running[at] = await servers.#start(at, '0')
    return servers
  }

  address(random: () => number): string {
    return this.#pick(random)?.[0].address ?? ''
  }

  async killOne(random: () => number): Promise<void> {
    const [victim, at] = this.#pick(random) ?? []
    if (victim === undefined || at === undefined) return
    await victim.kill()
    this.#running[at] = await this.#start(at, new URL(victim.address).port)
  }

  /** The process stands still: it keeps its sockets and its lease, and answers nothing. */
  async stopForAWhile(random: () => number, ms: number): Promise<void> {
    const [victim] = this.#pick(random) ?? []
    victim?.child.kill('SIGSTOP')
    await pause(ms)
    victim?.child.kill('SIGCONT')
  }

  /** The wall clock of one process jumps, up to ten minutes either way from where it belongs. */
  async moveClock(random: () => number): Promise<void> {
    const [victim, at] = this.#pick(random) ?? []
    if (victim === undefined || at === undefined) return
    await this.#setClock(at, Math.round((random() - 0.5) * 20 * 60_000))
    victim.child.kill('SIGUSR2')
  }

  /** The process id of the first, for faults that reach into it. */
  get pid(): number {
    return this.#running[0]?.child.pid ?? 0
  }

  async end(): Promise<void> {
    for (const { child } of this.#running) child.kill('SIGCONT')
    await Promise.all(this.#running.map((running) => running.kill()))
    await rm(this.#clocks, { recursive: true })
  }

  async #start(at: number, port: string): Promise<Running> {
    const plan = this.#plans[at]
    await this.#setClock(at, 0)
    const preload = new URL('clock.mjs', import.meta.url).href
    return startProcess(
      { NODE_OPTIONS: `--import ${preload}`, FAULT_CLOCK: this.#clock(at), ...plan?.environment, PORT: port },
      plan?.wrapper,
    )
  }

  #clock(at: number): string {
    return join(this.#clocks, String(at))
  }

  /** About noon, so that no run crosses midnight, which may change what the bot says. */
  #setClock(at: number, offset: number): Promise<void> {
    return writeFile(this.#clock(at), String(NOON_OFFSET_MS + offset))
  }

  #pick(random: () => number): readonly [Running, number] | undefined {
    const at = Math.floor(random() * this.#running.length)
    const running = this.#running[at]
    return running && [running, at]
  }
}
