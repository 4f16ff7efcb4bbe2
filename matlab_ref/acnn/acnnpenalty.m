function [omega, dA, dc] = acnnpenalty(layer)
% The penalty on the weights of a combination layer, and its gradients for A and for c.
% With 'l1' the one for c is zero but for rounding: the columns of A are positive and sum to 1.
    lam = double(acnnget(layer, 'lam', 0));
    [A, lnA] = acnnsoftmax(layer.c);
    if strcmp(acnnget(layer, 'penalty', 'l1'), 'l1')
        omega = lam * sum(abs(A(:)));  % E23
        dA = lam * sign(A);  % E24
        dc = lam * (abs(A) - bsxfun(@times, A, sum(abs(A), 1)));  % E25
    else
        AlnA = A .* lnA;
        AlnA(A == 0) = 0;
        omega = -lam * sum(AlnA(:));  % P4
        dA = -lam * (lnA + 1);  % P4
        dc = -lam * (A .* bsxfun(@minus, lnA, sum(AlnA, 1)));  % P4
        dc(A == 0) = 0;
    end
end
