function [A, lnA] = acnnsoftmax(c)
% Softmax of each column of c, and its logarithm, which is finite where A underflows.
    c = bsxfun(@minus, c, max(c, [], 1));
    total = sum(exp(c), 1);
    A = bsxfun(@rdivide, exp(c), total);  % E19
    lnA = bsxfun(@minus, c, log(total));
end
