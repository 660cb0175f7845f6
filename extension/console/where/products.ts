import { type Address, valuesOf } from './address.ts';

/**
 * Where a page's path and the records' word for the product differ: first one or two path segments → products,
 * the likeliest first. The longer path decides. An empty value is a page of no product.
 */
const PRODUCTS: { [path: string]: string } = {
  account: 'account',
  'account/renewal': 'finance billing',
  apigateway: 'apigw',
  autoscaling: 'as',
  cgi: '',
  cos4: 'cos',
  cos5: 'cos',
  'cvm/cbs': 'cbs cvm',
  'cvm/eip': 'cvm vpc',
  'cvm/image': 'cvm image',
  'cvm/recycler': 'cvm cbs',
  'cvm/securitygroup': 'cvm vpc',
  'cvm/snapshot': 'cbs cvm',
  developer: 'account',
  edgeone: 'teo',
  expense: 'finance billing',
  kms2: 'kms',
  loadbalance: 'clb',
  login: '',
  message: '',
  mysql: 'cdb',
  project: '',
  tcr: 'tcr ccr',
  tdsqld: 'dcdb tdmysql',
  tke2: 'tke ccs',
  trabbitmq: 'trabbit tdmq',
  'vpc/dcgw': 'vpc dc',
  'vpc/eip': 'vpc cvm',
  'vpc/security-group': 'vpc cvm',
  'vpc/securitygroup': 'vpc cvm',
};

const PRODUCT = /^[a-z][a-z0-9]{1,23}$/;

/**
 * Gives the products whose records a page is about, in the records' words, the likeliest first; none where it is
 * a page of no product. A first segment that is not in the table is taken for the product's own name.
 */
export function productsOf({ route, parameters }: Address): string[] {
  const [first = '', second = ''] = route;
  if (first === 'api') return explored(valuesOf(parameters, 'product'));
  const path = [`${first}/${second}`, first].find((candidate) => Object.hasOwn(PRODUCTS, candidate));
  if (path === undefined) return PRODUCT.test(first) ? [first] : [];
  return (PRODUCTS[path] ?? '').split(' ').filter((product) => product !== '');
}

/** The API explorer calls the product that its URL names. */
function explored([product = '']: string[]): string[] {
  const name = product.toLowerCase();
  return PRODUCT.test(name) ? [name] : [];
}
