/**
 * Published data with its alpha: `units` has the values that annotators gave each unit, `table` how often the first gave the value of a row where
 * the second gave that of a column. Null where alpha is not defined.
 */
export interface AlphaVector {
  readonly name: string;
  readonly source: string;
  readonly units?: readonly (readonly string[])[];
  readonly table?: readonly (readonly number[])[];
  readonly alpha: number | null;
  readonly tolerance: number;
}

export const alphaVectors: readonly AlphaVector[] = [
  {
    name: 'cohen_1960_3x3',
    source: 'Cohen 1960 (expected agreement .41, kappa .491525); scikit-learn 1.9.1 gives the same kappa',
    table: [
      [88, 14, 18],
      [10, 40, 10],
      [2, 6, 12],
    ],
    alpha: 0.488461538462,
    tolerance: 1e-9,
  },
  {
    name: 'artstein_poesio_2008_example_1',
    source: 'Artstein & Poesio 2008; scikit-learn 1.9.1, nltk 3.10.3',
    table: [
      [20, 10],
      [20, 50],
    ],
    alpha: 0.343956043956,
    tolerance: 1e-9,
  },
  {
    name: 'artstein_poesio_2008_example_2',
    source: 'Artstein & Poesio 2008; scikit-learn 1.9.1, nltk 3.10.3',
    table: [
      [46, 0, 0],
      [6, 32, 6],
      [0, 0, 10],
    ],
    alpha: 0.800534580688,
    tolerance: 1e-9,
  },
  {
    name: 'krippendorff_1995_digitised_a',
    source:
      'Krippendorff 1995 p. 57, units cut into 24 positions; dkpro-statistics Krippendorff1995Test (cohen_kappa 0.385, scott_pi 0.314, krippendorff_alpha 0.329, each +-.001)',
    table: [
      [10, 0],
      [8, 6],
    ],
    alpha: 0.328571428571,
    tolerance: 1e-9,
  },
  {
    name: 'krippendorff_1995_digitised_b',
    source:
      'Krippendorff 1995 p. 57, units cut into 24 positions; dkpro-statistics Krippendorff1995Test (cohen_kappa 0.385, scott_pi 0.314, each +-.001)',
    table: [
      [6, 0],
      [8, 10],
    ],
    alpha: 0.328571428571,
    tolerance: 1e-9,
  },
  {
    name: 'krippendorff_1995_digitised_c',
    source:
      'Krippendorff 1995 p. 57, units cut into 24 positions; dkpro-statistics Krippendorff1995Test (cohen_kappa 0.314, scott_pi 0.314, each +-.001)',
    table: [
      [6, 4],
      [4, 10],
    ],
    alpha: 0.328571428571,
    tolerance: 1e-9,
  },
  {
    name: 'all_raters_one_category',
    source: 'definition: expected agreement is 1, 0/0',
    table: [[5]],
    alpha: null,
    tolerance: 0,
  },
  {
    name: 'krippendorff_4x12_nominal',
    source:
      'Krippendorff, Computing alpha-reliability, 4 observers x 12 units; nltk test_disagreement (nominal .743421052632, and test_advanced2 without the unit of one value); fast-krippendorff',
    units: [
      ['1', '1', '1'],
      ['2', '2', '3', '2'],
      ['3', '3', '3', '3'],
      ['3', '3', '3', '3'],
      ['2', '2', '2', '2'],
      ['1', '2', '3', '4'],
      ['4', '4', '4', '4'],
      ['1', '1', '2', '1'],
      ['2', '2', '2', '2'],
      ['5', '5', '5'],
      ['1', '1'],
      ['3'],
    ],
    alpha: 0.743421052632,
    tolerance: 1e-9,
  },
  {
    name: 'krippendorff_3x15_nominal',
    source: "Wikipedia, Krippendorff's alpha, worked example; fast-krippendorff",
    units: [
      ['1'],
      [],
      ['2', '2'],
      ['1', '1'],
      ['3', '3'],
      ['3', '3', '4'],
      ['4', '4', '4'],
      ['1', '3'],
      ['2', '2'],
      ['1', '1'],
      ['1', '1'],
      ['3', '3'],
      ['3', '3'],
      [],
      ['3', '4'],
    ],
    alpha: 0.691358024691,
    tolerance: 1e-9,
  },
  {
    name: 'krippendorff_dress',
    source: 'nltk test_disagreement test_easy, and test_easy2 without the unit of one value',
    units: [['YES', 'NO', 'NO'], ['YES', 'NO'], ['NO']],
    alpha: -0.333333333333,
    tolerance: 1e-9,
  },
  {
    name: 'krippendorff_missing_values_agree',
    source: 'nltk test_disagreement TestMissingValues',
    units: [
      ['1', '1'],
      ['1', '1', '1'],
      ['2', '2'],
    ],
    alpha: 1.0,
    tolerance: 1e-9,
  },
  {
    name: 'krippendorff_two_units_full_agreement',
    source: 'nltk test_disagreement test_easy3',
    units: [
      ['1', '1'],
      ['2', '2'],
    ],
    alpha: 1.0,
    tolerance: 1e-9,
  },
  {
    name: 'krippendorff_no_variation',
    source: 'definition: expected disagreement is 0',
    units: [
      ['1', '1'],
      ['1', '1'],
    ],
    alpha: null,
    tolerance: 0,
  },
];
