/** What is reported of a scorer, in German. */

import type { evaluation as en } from '../en/evaluation'
import type { Translation } from '../translation'

export const evaluation: Translation<typeof en> = {
  'evaluation.tested': '{captions} zu {videos}, aus denen es nie gelernt hat',
  'evaluation.videos': { one: '{n} Video', other: '{n} Videos' },
  'evaluation.older':
    'Dieser Lauf ist älter als der Bericht: Ein neues Training zeigt auch Intervalle, was ein Mensch erreicht, und Diagramme.',
  'evaluation.empty': 'Es gab nichts zu prüfen',
  'evaluation.empty.hint':
    'Keine bewertete Beschreibung der Testvideos konnte bewertet werden. Der Anteil zurückgehaltener Videos wird beim Einfrieren des Snapshots festgelegt.',
  'evaluation.files': 'Dasselbe als Dateien:',
  'evaluation.average': 'Im Mittel über die Dimensionen',
  'evaluation.overall': 'Auswahl nach dem Mittel der beteiligten Dimensionen',
  'evaluation.dimensions': 'Nach Dimension',
  'evaluation.ofDimension': '{dimension}: das Modell und ein Mensch',
  'evaluation.figure': 'Kennzahl',
  'evaluation.scorer': 'Modell',
  'evaluation.person': 'Ein Mensch',
  'evaluation.note': 'Klein bei jeder Kennzahl steht ihr 95-%-Intervall über Videos.',
  'evaluation.note.person':
    '„Ein Mensch“ ist die Obergrenze: je Beschreibung eine ausgeloste Person, gegen die anderen gehalten.',
  'evaluation.oneVideo': 'Alles stammt aus einem Video: Es gibt keine Intervalle.',
  'evaluation.legend': 'Was die Kennzahlen bedeuten',
  'evaluation.compare': 'Rangkorrelation (SRCC)',
  'evaluation.captions': 'Beschreibungen',
  'evaluation.unrated': 'Niemand hat diese Dimension an den Testvideos bewertet.',
  'evaluation.name.srcc': 'SRCC',
  'evaluation.name.plcc': 'PLCC',
  'evaluation.name.tau_b': 'Kendalls Tau-b',
  'evaluation.name.qwk': 'Quadratisches Kappa',
  'evaluation.name.mae': 'Mittlerer absoluter Fehler',
  'evaluation.name.pairs': 'Paare richtig geordnet',
  'evaluation.name.pairs_with_ties': 'Paare, mit Gleichständen',
  'evaluation.name.f1_involved': 'F1, beteiligt',
  'evaluation.name.f1_not_involved': 'F1, nicht beteiligt',
  'evaluation.name.ece': 'Fehler der Kalibrierung',
  'evaluation.name.regret': 'Verlust bei der Auswahl',
  'evaluation.name.regret_random': 'Verlust bei zufälliger Wahl',
  'evaluation.means.srcc': 'Spearmans Rangkorrelation der Stufen; 1 ist am besten.',
  'evaluation.means.plcc': 'Pearsons Korrelation der Stufen; 1 ist am besten.',
  'evaluation.means.tau_b':
    'Rangkorrelation über Paare, um Gleichstände bereinigt; 1 ist am besten.',
  'evaluation.means.qwk':
    'Übereinstimmung gerundeter Stufen über den Zufall hinaus; 1 ist am besten.',
  'evaluation.means.mae': 'Um wie viele Stufen es danebenliegt; 0 ist am besten.',
  'evaluation.means.pairs':
    'Wie oft von zwei Beschreibungen eines Videos, die Menschen verschieden bewerten, die bessere höher liegt; 1 ist am besten, 0,5 ist Zufall.',
  'evaluation.means.pairs_with_ties':
    'Wie oft bei allen Paaren eines Videos besser, schlechter oder gleich stimmt; 1 ist am besten.',
  'evaluation.means.f1_involved': 'Ob es findet, wo die Dimension beteiligt ist; 1 ist am besten.',
  'evaluation.means.f1_not_involved': 'Ob es findet, wo sie es nicht ist; 1 ist am besten.',
  'evaluation.means.ece':
    'Wie weit seine Sicherheit vom Anteil der Zustimmenden entfernt ist; 0 ist am besten. Menschen geben keine Sicherheit an.',
  'evaluation.means.regret':
    'Um wie viele Stufen die beste Beschreibung eines Videos besser ist als die am höchsten bewertete; 0 ist am besten.',
  'evaluation.means.regret_random': 'Dasselbe für eine ausgeloste Beschreibung.',
  'evaluation.reason.undefined': 'nicht definiert: zu wenig Unterschied',
  'evaluation.reason.too-sparse': 'zu wenig für ein Intervall',
  'evaluation.reason.all-alike': 'alle Videos gleich: kein Intervall',
  'evaluation.reason.no-ceiling': 'nicht für einen Menschen',
  'evaluation.density': 'Stufen: Menschen und Modell',
  'evaluation.density.predicted': 'Stufe des Modells',
  'evaluation.density.human': 'Stufe der Menschen',
  'evaluation.density.key': 'Beschreibungen: 1 bis {most}',
  'evaluation.density.cell': { one: '{n} Beschreibung', other: '{n} Beschreibungen' },
  'evaluation.density.says':
    'Eine Dichtekarte der Stufe der Menschen nach der Stufe des Modells: {share} der Beschreibungen liegen höchstens eine halbe Stufe neben der Diagonale, auf der beide übereinstimmen.',
  'evaluation.density.none': 'Keine Beschreibung hat eine Stufe von beiden.',
  'evaluation.reliability': 'Sicherheit und Zustimmung',
  'evaluation.reliability.confidence': 'Sicherheit des Modells',
  'evaluation.reliability.share': 'Menschen, die zustimmen',
  'evaluation.reliability.key': 'Größere Punkte: mehr Beschreibungen',
  'evaluation.reliability.says':
    'Punkte für den Anteil der Zustimmenden nach der Sicherheit des Modells: Es ist im Mittel zu {sure} sicher, und {right} der Menschen stimmen zu.',
  'evaluation.diagonal': 'gestrichelt: beide gleich',
  'evaluation.confusion': 'Wahrscheinlichste Stufen',
  'evaluation.confusion.note':
    'Beschreibungen nach dem, was Menschen und was das Modell sagen; 0 ist „nicht beteiligt“. Je kräftiger ein Feld, desto größer sein Anteil an der Zeile.',
  'evaluation.confusion.people': 'Menschen sagen',
  'evaluation.confusion.scorer': 'Modell sagt',
}
