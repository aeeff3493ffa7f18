import { request as requestHttp, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP } from 'node:net'
import type { Target } from './target.ts'

const HEADER_BYTES = 16_384

/**
 * Sends one GET to the address that was checked, and to no other: the name is not resolved again. No cookies, no
 * kept connection. The response is the caller's to read or destroy.
 */
export function requestPage(target: Target, address: string, signal: AbortSignal): Promise<IncomingMessage> {
  const { url, host, port } = target
  const secure = url.protocol === 'https:'
  const send = secure ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    const request = send({
      host: address,
      family: isIP(address),
      port,
      method: 'GET',
      path: `${url.pathname}${url.search}`,
      agent: false,
      signal,
      maxHeaderSize: HEADER_BYTES,
      headers: {
        host: url.host,
        accept: 'text/html,application/xhtml+xml',
        'accept-encoding': 'identity',
        'accept-language': 'zh-CN',
        'user-agent': 'icp-filing-assistant footer check',
        connection: 'close',
      },
      // The certificate has to be the name's, not the address's.
      ...(secure && isIP(host) === 0 ? { servername: host } : {}),
    })
    request.once('response', resolve)
    request.once('upgrade', (_response, socket) => {
      socket.destroy()
      reject(Object.assign(new TypeError('upgrade'), { code: 'HPE_UPGRADE' }))
    })
    request.on('error', reject)
    request.end()
  })
}
