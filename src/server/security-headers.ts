/**
 * On every answer. What is shown as a page, handed to other pages or downloaded replaces single ones: site.ts,
 * downloads.ts. Pages of other origins read the Direct Line routes by CORS, which Cross-Origin-Resource-Policy leaves
 * alone.
 * @see https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html
 */
export const SECURITY_HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
} as const

/** In production, where a browser comes by HTTPS; over plain HTTP browsers ignore it. */
export const HSTS = { 'Strict-Transport-Security': 'max-age=31536000' } as const
