function value = dlt_eval(code)
% Run code in the base workspace; the value is what it printed.
code = char(code(:).');
value = uint8(evalc('evalin(''base'', code);'));
end
