import net from 'node:net'

/**
 * Tests stay on this machine: a connection to any address but loopback fails at once instead of hanging or
 * quietly depending on the outside.
 */
// eslint-disable-next-line @typescript-eslint/unbound-method -- called with the socket as `this` below
const connect = net.Socket.prototype.connect
const LOOPBACK = /^(127\.|::1$|localhost$|\[::1\]$)/

net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
  const first: unknown = Array.isArray(args[0]) ? (args[0] as unknown[])[0] : args[0]
  const host = typeof first === 'object' && first !== null && 'host' in first ? String(first.host) : undefined
  if (host !== undefined && !LOOPBACK.test(host)) throw new Error(`a test tried to reach ${host}`)
  return Reflect.apply(connect, this, args) as net.Socket
}
