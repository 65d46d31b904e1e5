/** A department of the sample company. */
export interface Department {
  /** Also the name of its group. */
  readonly name: string;
  readonly work: string;
}

/** The departments, in the order their heads stand in. */
export const departments: readonly Department[] = [
  { name: 'Sales', work: 'sells to customers' },
  { name: 'Marketing', work: 'makes the company known' },
  { name: 'Communications', work: 'speaks for the company' },
  { name: 'Product', work: 'decides what is made' },
  { name: 'Design', work: 'gives things their shape' },
  { name: 'Research & Development', work: 'finds new things' },
  { name: 'Qualité', work: 'looks whether it is good' },
  { name: 'Manufacturing', work: 'makes things' },
  { name: 'Maintenance', work: 'keeps machines running' },
  { name: 'Logistics', work: 'moves things' },
  { name: 'Purchasing', work: 'buys' },
  { name: 'Finance', work: 'keeps the books' },
  { name: 'Accounts Payable', work: 'pays invoices' },
  { name: 'Legal', work: 'reads contracts' },
  { name: 'Human Resources', work: 'cares for people' },
  { name: 'IT Operations', work: 'runs the systems' },
  { name: 'Information Security', work: 'guards the systems' },
  { name: 'Customer Service', work: 'answers customers' },
  { name: 'Facilities', work: 'keeps the buildings' },
  { name: 'Training "Academy"', work: 'teaches' },
];
