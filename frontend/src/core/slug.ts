/** Addresses of projects: what stands in `/p/<slug>`. */

const MOST = 50
const VALID = /^[A-Za-z0-9_-]+$/

/** An address made of a name: "Größe & Güte" becomes "groesse-guete". */
export function slugOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MOST)
    .replace(/^-+|-+$/g, '')
}

export const isSlug = (text: string): boolean => text.length <= MOST && VALID.test(text)
