import { join } from 'node:path'
import { frameworkClient, OUR_SCRIPT, webClient } from './clients.ts'
import { installed } from './install.ts'
import type { Client } from './load.ts'

export interface Contestant {
  readonly name: string
  readonly file: string
  readonly environment: (folder: string) => Readonly<Record<string, string>>
  readonly client: (address: string) => Promise<Client>
}

export const FLOOR = '(b) botbuilder echo'
export const OURS = '(c) ours, /api/messages, embedded'
export const OURS_REDIS = '(c) ours, /api/messages, Redis'
export const WATERFALL_REDIS = '(d) waterfall, Redis'

/** Who is measured against whom; without Redis or the network there are fewer. */
export function contestants(root: string, redis: string | undefined): readonly Contestant[] {
  const none = () => ({})
  const plain = () => Promise.resolve(frameworkClient())
  const scripted = () => Promise.resolve(frameworkClient(OUR_SCRIPT))
  // A load is no person: what keeps one sender from taking everybody's place would only stop it.
  const ours = { LOG_LEVEL: 'info', RATE_LIMITS: 'off' }
  const embedded = (folder: string) => ({ ...ours, DATA_DIR: folder })
  const at = (file: string) => join(root, file)
  const waterfall = installed('waterfall')
  return [
    {
      name: '(a) restify echo',
      file: at('bench/servers/restify-echo.mjs'),
      environment: none,
      client: plain,
    },
    { name: FLOOR, file: at('bench/servers/botbuilder-echo.mjs'), environment: none, client: plain },
    { name: OURS, file: at('dist/main.js'), environment: embedded, client: scripted },
    { name: '(c) ours, web, embedded', file: at('dist/main.js'), environment: embedded, client: webClient },
    ...(redis === undefined
      ? []
      : [
          {
            name: OURS_REDIS,
            file: at('dist/main.js'),
            environment: (folder: string) => ({ ...ours, REDIS_URL: redis, DATA_DIR: folder }),
            client: scripted,
          },
        ]),
    ...(waterfall
      ? [
          {
            name: '(d) waterfall, memory',
            file: at('bench/waterfall/server.mjs'),
            environment: none,
            client: plain,
          },
        ]
      : []),
    ...(waterfall && redis !== undefined
      ? [
          {
            name: WATERFALL_REDIS,
            file: at('bench/waterfall/server.mjs'),
            environment: () => ({ REDIS_URL: redis }),
            client: plain,
          },
        ]
      : []),
  ]
}
