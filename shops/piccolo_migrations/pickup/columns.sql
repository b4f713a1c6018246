-- What Piccolo cannot say of the columns of waste pickup.

-- Numbers of payments as providers know them: never the same twice, whatever becomes of a row.
CREATE SEQUENCE pickup_trade_no START 100001;
