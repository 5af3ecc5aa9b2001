/** Where a run was done and with what code, as its manifest says. */

export type Manifest = {
  code?: Record<string, string>
  /** Runs from before it was written down have none. */
  machine?: { system: string; processor: string; cores: number | null; gpus: string[] }
}
export type Environment = {
  /** GPUs of the same name once, with their number. */
  gpus: { name: string; number: number }[]
  processor: string | null
  cores: number | null
  versions: [name: string, version: string][]
  /** The digest of our own sources. */
  source: string | null
}

export function environmentOf({ code = {}, machine }: Manifest): Environment {
  const { crest_source: source = null, ...versions } = code
  const names = machine?.gpus ?? []
  return {
    gpus: [...new Set(names)].map(name => ({
      name,
      number: names.filter(other => other === name).length,
    })),
    processor: machine ? `${machine.system} ${machine.processor}` : null,
    cores: machine?.cores ?? null,
    versions: Object.entries(versions),
    source,
  }
}
