@echo off
rem Starts the kit with whatever Python there is; start.py finds one that fits.
setlocal
pushd "%~dp0" || goto :nowhere
if not exist start.py goto :packed
rem The launcher goes first: python may be the alias that opens the store.
py -3 -c "" >nul 2>nul && (py -3 start.py %* & goto :done)
python3 -c "" >nul 2>nul && (python3 start.py %* & goto :done)
python -c "" >nul 2>nul && (python start.py %* & goto :done)
echo Not ready. There is no Python here. Look into the folder installers, or ask a helper.
goto :done
:packed
echo Not ready. The zip is not unpacked yet. Click it with the right button, choose Extract All,
echo and start again in the folder that comes up.
goto :done
:nowhere
echo Not ready. This folder cannot be used. Copy it to your desktop, and start there.
:done
echo.
pause
