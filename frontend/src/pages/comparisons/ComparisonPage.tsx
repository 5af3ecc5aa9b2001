export function ComparisonPage({ comparison }: { comparison: number }) {
  return <main id="content" className="page" data-comparison={comparison} />
}
