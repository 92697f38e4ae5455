using System.Globalization;
using System.Runtime.InteropServices;
using Movc.Domain;
using Movc.Domain.Dispatch;

namespace Movc.RollingOptimizer.Exact;

/// <summary>
/// The reference: the whole dispatch as one linear program (<see cref="DispatchLp"/>), solved by CLP's barrier with crossover.
/// It shares the repair of needs out of reach with the solver, and nothing of its method. For small instances.
/// </summary>
/// <param name="time">Clock of <see cref="DispatchResult.Seconds"/>; null for the system's.</param>
public sealed class ExactSolver(TimeProvider? time = null) : IDispatchSolver
{
    /// <summary>Largest instance, vehicle-slots: 3,000 × 144 took CLP over two minutes, and the time grows faster than the size.</summary>
    public const long MaxCells = 600_000;

    private const int BarrierWithCrossover = 3;
    private const int Barrier = 4;
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Whether CLP's library can be loaded here.</summary>
    public static bool IsAvailable => ClpLibrary.IsThere;

    /// <summary>Solves to optimality. Seed and warm prices have no effect.</summary>
    /// <exception cref="InputException">The instance is too large, or CLP is not installed; the message says what to do.</exception>
    /// <exception cref="ExactSolveException">CLP stopped without an optimum.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; CLP may go on in the background for a moment.</exception>
    public DispatchResult Solve(DispatchInstance instance, ulong seed, double[]? warmPrices, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ThrowIfTooLarge(instance);
        if (instance.Limits.Count > 0) throw new InputException("the exact reference knows no limits on vehicles together; solve the problem without them");
        if (!IsAvailable) throw new InputException($"the exact reference needs {ClpLibrary.Name}; install Debian's package coinor-libclp1, or export the problem with movc export-mps");
        long started = _time.GetTimestamp();
        DispatchLp lp = DispatchLp.Build(instance, 1);
        (double[] primal, double[] dual, _) = Run(lp, BarrierWithCrossover, cancellationToken);
        var schedules = new ExactSchedules(lp, primal);
        double[] prices = ExactCertificate.Prices(lp, dual);
        double boundKw = ExactCertificate.BoundKw(lp, dual, prices);
        bool lowered = lp.Fleet.Infeasible.Count > 0;
        return new DispatchResult
        {
            Status = instance.VehicleCount == 0 ? DispatchStatus.Empty : lowered ? DispatchStatus.Repaired : DispatchStatus.Solved,
            ObjectiveKw = schedules.ObjectiveKw,
            BoundKw = boundKw,
            Seconds = _time.GetElapsedTime(started).TotalSeconds,
            AfterKw = schedules.AfterKw,
            Prices = prices,
            FirstSlotPowerW = schedules.FirstSlotPowerW,
            Infeasible = lp.Fleet.Infeasible,
            Schedules = schedules,
            WarmPrices = prices[lp.Days.Past..],
        };
    }

    /// <summary>CLP's barrier without crossover on the plain program: its objective and the seconds of its own call alone, for comparison.</summary>
    /// <exception cref="ExactSolveException">CLP stopped without an optimum.</exception>
    internal static (double ObjectiveKw, double Seconds) BarrierSeconds(DispatchInstance instance, CancellationToken cancellationToken)
    {
        DispatchLp lp = DispatchLp.Build(instance, 1);
        (double[] primal, _, double seconds) = Run(lp, Barrier, cancellationToken);
        double objectiveKw = 0;
        for (int q = 0; q < lp.Columns; q++) objectiveKw += lp.Cost[q] * primal[q];
        return (objectiveKw, seconds);
    }

    /// <exception cref="InputException">The instance is over <see cref="MaxCells"/>.</exception>
    public static void ThrowIfTooLarge(DispatchInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        long cells = (long)instance.VehicleCount * instance.SlotCount;
        if (cells <= MaxCells) return;
        throw new InputException(string.Create(
            CultureInfo.InvariantCulture,
            $"--exact: {instance.VehicleCount:N0} vehicles × {instance.SlotCount:N0} slots are {cells:N0} vehicle-slots; a general solver takes minutes and gigabytes at {MaxCells:N0}, so more is refused; leave --exact out, or solve fewer vehicles or slots"));
    }

    private static (double[] Primal, double[] Dual, double Seconds) Run(DispatchLp lp, int method, CancellationToken cancellationToken)
    {
        // A thread of its own: CLP cannot be interrupted from within, and whoever waits must be able to leave.
        var done = new TaskCompletionSource<(double[], double[], double)>(TaskCreationOptions.RunContinuationsAsynchronously);
        nint model = ClpLibrary.Clp_newModel();
        var thread = new Thread(() =>
        {
            try
            {
                done.SetResult(Optimum(model, lp, method));
            }
#pragma warning disable CA1031 // Whatever it is belongs to the waiting thread.
            catch (Exception e)
#pragma warning restore CA1031
            {
                done.SetException(e);
            }
            finally
            {
                ClpLibrary.Clp_deleteModel(model);
            }
        })
        { IsBackground = true, Name = "movc-clp" };
        thread.Start();
        try
        {
            // A task that has ended already does not look at the token.
            cancellationToken.ThrowIfCancellationRequested();
            done.Task.Wait(cancellationToken);
        }
        catch (AggregateException e) when (e.InnerException is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerException);
        }
        return done.Task.Result;
    }

    private static (double[] Primal, double[] Dual, double Seconds) Optimum(nint model, DispatchLp lp, int method)
    {
        nint options = ClpLibrary.ClpSolve_new();
        try
        {
            ClpLibrary.Clp_setLogLevel(model, 0);
            ClpLibrary.Clp_loadProblem(
                model, lp.Columns, lp.Rows, lp.Start, lp.Index, lp.Value, lp.Lower, lp.Upper, lp.Cost, lp.RightSide, lp.RightSide);
            ClpLibrary.ClpSolve_setSolveType(options, method, -1);
            long started = TimeProvider.System.GetTimestamp();
            ClpLibrary.Clp_initialSolveWithOptions(model, options);
            double seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
            int status = ClpLibrary.Clp_status(model);
            if (status != 0) throw new ExactSolveException(string.Create(CultureInfo.InvariantCulture, $"CLP ended with status {status} (1 infeasible, 2 unbounded, 3 stopped, 4 numerical trouble), not with an optimum"));
            var primal = new double[lp.Columns];
            var dual = new double[lp.Rows];
            Marshal.Copy(ClpLibrary.Clp_primalColumnSolution(model), primal, 0, primal.Length);
            Marshal.Copy(ClpLibrary.Clp_dualRowSolution(model), dual, 0, dual.Length);
            return (primal, dual, seconds);
        }
        finally
        {
            ClpLibrary.ClpSolve_delete(options);
        }
    }
}
