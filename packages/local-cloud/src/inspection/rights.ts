import { sendJson, sendProblem } from './answers.ts';
import { type Endpoint, functionsOf, nameOf } from './endpoint.ts';

export const showRights: Endpoint = ({ judge, response, id }) => {
  const all = judge.holders();
  const found = id === undefined ? all : all.filter((holder) => nameOf(holder) === id);
  if (found.length === 0 && id !== undefined)
    return sendProblem(
      response,
      404,
      `There is no function ${JSON.stringify(id)}: there are ${functionsOf(judge).join(', ')}.`,
    );
  const functions = found.map((holder) => ({
    function: nameOf(holder),
    name: holder.role.functionName,
    used: holder.ledger.used(),
    granted: holder.ledger.granted(),
  }));
  return sendJson(response, { functions });
};
