/** Everything random in the local cloud is drawn here, so that tests can give a seed. `next` is uniform in [0, 1). */
export interface Random {
  next(): number;
}
